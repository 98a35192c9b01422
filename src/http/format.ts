import type { HtmlEscapedString } from 'hono/utils/html'

export type Format = 'json' | 'part' | 'page'
/** The path of a resource, whose pages and calls have the same one but for `/api`. */
export const withoutApi = (path: string): string => path.replace(/^\/api(?=\/)/, '')

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * HTMX sends the type `full` when the answer replaces the whole page. Media have no pages: why a link does not open is
 * told on one only to a browser that asks for HTML.
 */
export function formatOf(path: string, header: (name: string) => string | undefined): Format {
  if (path === '/api' || /^\/(api|webhooks)\//.test(path)) return 'json'
  if (path.startsWith('/media/')) return header('accept')?.includes('text/html') ? 'page' : 'json'
  return header('hx-request') && header('hx-request-type') !== 'full' ? 'part' : 'page'
}
