import type { HtmlEscapedString } from 'hono/utils/html'

export type Format = 'json' | 'part' | 'page'
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** HTMX sends the type `full` when the answer replaces the whole page. */
export function formatOf(path: string, htmx: string | undefined, type: string | undefined): Format {
  if (path === '/api' || /^\/(api|webhooks)\//.test(path)) return 'json'
  return htmx && type !== 'full' ? 'part' : 'page'
}
