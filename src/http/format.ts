import type { HtmlEscapedString } from 'hono/utils/html'

export type Format = 'json' | 'part' | 'page'
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * HTMX sends the type `full` when the answer replaces the whole page. An address of media has no page, so only who asks
 * for one is told on a page why it does not open.
 */
export function formatOf(path: string, header: (name: string) => string | undefined): Format {
  if (path === '/api' || /^\/(api|webhooks)\//.test(path)) return 'json'
  if (path.startsWith('/media/')) return header('accept')?.includes('text/html') ? 'page' : 'json'
  return header('hx-request') && header('hx-request-type') !== 'full' ? 'part' : 'page'
}
