import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { withFrame } from '../../views/frame'
import type { Env } from '../context'
import type { Window } from '../ports/payments'
import { answer, PAGE_VARIES, PER_VIEWER } from './answer'
import type { Html } from './format'
import { securityOfWindow } from './security'

type Shapes = { json: () => object; part?: () => Html; page: () => Html }

/** Answers with JSON for `/api`, a fragment for HTMX, and a whole page otherwise. */
export async function reply(c: Context<Env>, { json, part, page }: Shapes, status: ContentfulStatusCode = 200) {
  if (c.var.format === 'json') return answer(c, JSON.stringify(json()), status < 400 ? 'json' : 'problem', status)
  return html(c, c.var.format === 'part' && part ? part : page, status)
}

/** Answers with something secret, which neither the browser nor a proxy may keep. */
export async function replySecret(...args: Parameters<typeof reply>) {
  const answer = await reply(...args)
  answer.headers.set('cache-control', 'no-store')
  return answer
}

/** Answers with a page on which the window of a payment provider opens, which loads scripts of that provider. */
export async function replyWindow(c: Context<Env>, { policy }: Pick<Window, 'policy'>, shapes: Shapes) {
  const answer = await replySecret(c, shapes)
  for (const [name, value] of Object.entries(securityOfWindow(policy))) answer.headers.set(name, value)
  return answer
}

/**
 * Answers a change with JSON, a fragment, or a redirect to `at`, the page of what was changed. `made` is the address of
 * a newly created resource. With `waits`, somebody else has to agree to the change first.
 */
export async function replyChanged(
  c: Context<Env>,
  { json, part }: Omit<Shapes, 'page'>,
  at: string,
  { made, waits }: { made?: string | false; waits?: boolean } = {},
) {
  perViewer(c)
  const status = made ? 201 : waits ? 202 : 200
  if (c.var.format === 'page') return c.redirect(at, 303)
  if (made) c.header('location', c.var.format === 'json' ? `/api${made}` : made)
  if (c.var.format === 'json') return answer(c, JSON.stringify(json()), 'json', status)
  if (part) return html(c, part, status)
  c.header('hx-redirect', at)
  return answer(c, '', 'html', status)
}

type Afterwards = {
  /** Redirects HTMX as well, because the page it shows is no longer valid. */
  leave?: boolean
  /** The fragment that HTMX puts in place of the deleted element. By default the element is removed. */
  part?: () => Html
}

/** Answers a deletion; `at` is the page a browser continues on. HTMX ignores a 204, so it gets a 200. */
export function replyGone(c: Context<Env>, at: string, { leave, part }: Afterwards = {}) {
  perViewer(c)
  if (c.var.format === 'page') return c.redirect(at, 303)
  if (c.var.format === 'json') return c.body(null, 204)
  if (leave) c.header('hx-redirect', at)
  return part ? html(c, part, 200) : answer(c, '', 'html', 200)
}

async function html(c: Context<Env>, content: () => Html, status: ContentfulStatusCode) {
  const frame = await c.var.frame()
  const doctype = c.var.format === 'page' ? '<!doctype html>' : ''
  const text = await withFrame(frame, content)
  return answer(c, `${doctype}${text}`, 'html', status)
}

/** Sets the headers of redirects and of answers without content. */
function perViewer(c: Context<Env>) {
  c.header('cache-control', PER_VIEWER)
  if (c.var.format !== 'json') c.header('vary', PAGE_VARIES)
}
