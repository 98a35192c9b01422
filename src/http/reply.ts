import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from '../context'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>
type Shapes = { json: () => object; part?: () => Html; page: () => Html }

/** One answer, three shapes: JSON for /api, a fragment for HTMX, else the whole page. */
export function reply(c: Context<Env>, { json, part, page }: Shapes, status: ContentfulStatusCode = 200) {
  perViewer(c)
  if (c.var.format === 'json') return c.json(json(), status, status < 400 ? {} : { 'content-type': 'application/problem+json' })
  return c.html(c.var.format === 'part' && part ? part() : page(), status)
}

/** After a change: JSON, the fragment, or the way to `at`, the page of what was changed. `made` is the address of what is new. */
export function replyChanged(c: Context<Env>, { json, part }: Omit<Shapes, 'page'>, at: string, { made }: { made?: string | false } = {}) {
  perViewer(c)
  const status = made ? 201 : 200
  if (c.var.format === 'page') return c.redirect(at, 303)
  if (made) c.header('location', c.var.format === 'json' ? `/api${made}` : made)
  if (c.var.format === 'json') return c.json(json(), status)
  if (!part) c.header('hx-redirect', at)
  return c.html(part ? part() : '', status)
}

/** It is not there any more; `at` is where a person goes on. HTMX swaps every answer but 204, so it gets an empty 200. */
export function replyGone(c: Context<Env>, at: string) {
  perViewer(c)
  if (c.var.format === 'page') return c.redirect(at, 303)
  return c.var.format === 'json' ? c.body(null, 204) : c.html('')
}

function perViewer(c: Context<Env>) {
  c.header('cache-control', 'private, no-cache')
  if (c.var.format !== 'json') c.header('vary', 'HX-Request, HX-Request-Type')
}
