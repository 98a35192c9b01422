import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { FrameContext } from '../../views/frame'
import type { Env } from '../context'
import type { Html } from './format'

type Shapes = { json: () => object; part?: () => Html; page: () => Html }

/** One answer, three shapes: JSON for /api, a fragment for HTMX, else the whole page. */
export async function reply(c: Context<Env>, { json, part, page }: Shapes, status: ContentfulStatusCode = 200) {
  perViewer(c)
  if (c.var.format === 'json')
    return c.json(json(), status, status < 400 ? {} : { 'content-type': 'application/problem+json' })
  return html(c, c.var.format === 'part' && part ? part : page, status)
}

/** After a change: JSON, the fragment, or the way to `at`, the page of what was changed. `made` is the address of what is new. */
export async function replyChanged(
  c: Context<Env>,
  { json, part }: Omit<Shapes, 'page'>,
  at: string,
  { made }: { made?: string | false } = {},
) {
  perViewer(c)
  const status = made ? 201 : 200
  if (c.var.format === 'page') return c.redirect(at, 303)
  if (made) c.header('location', c.var.format === 'json' ? `/api${made}` : made)
  if (c.var.format === 'json') return c.json(json(), status)
  if (part) return html(c, part, status)
  c.header('hx-redirect', at)
  return c.html('', status)
}

type Afterwards = {
  /** HTMX goes there, too: what it showed makes no sense any more. */
  leave?: boolean
  /** What HTMX puts in its place, if not nothing. */
  part?: () => Html
}

/** It is not there any more; `at` is where a person goes on. HTMX swaps every answer but 204, so it gets a 200. */
export function replyGone(c: Context<Env>, at: string, { leave, part }: Afterwards = {}) {
  perViewer(c)
  if (c.var.format === 'page') return c.redirect(at, 303)
  if (c.var.format === 'json') return c.body(null, 204)
  if (leave) c.header('hx-redirect', at)
  return part ? html(c, part, 200) : c.html('')
}

async function html(c: Context<Env>, content: () => Html, status: ContentfulStatusCode) {
  const frame = await c.var.frame()
  const doctype = c.var.format === 'page' ? '<!doctype html>' : ''
  const text = await (<FrameContext.Provider value={frame}>{content()}</FrameContext.Provider>)
  return c.html(`${doctype}${text}`, status)
}

function perViewer(c: Context<Env>) {
  c.header('cache-control', 'private, no-cache')
  if (c.var.format !== 'json') c.header('vary', 'HX-Request, HX-Request-Type, Accept-Language')
}
