import type { MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { Problem } from '../problem'
import { whoseLimit } from './client'

/** What is open to a stranger where only members may look: the ways in, and what tells nothing of the members. */
const OPEN: Record<string, RegExp> = {
  GET: /^\/(sessions\/new|users\/new|users\/resets\/new|users\/resets\/requests\/(new|sent)|users\/verifications\/(new|done)|mail\/unsubscriptions|setup|docs|openapi\.json|source|theme\.css|robots\.txt|manifest\.webmanifest)$/,
  POST: /^\/(sessions|users|users\/resets|users\/resets\/requests|users\/verifications|mail\/unsubscriptions|setup|webhooks\/stripe)$/,
}

const isOpen = (method: string, path: string) =>
  OPEN[method === 'HEAD' ? 'GET' : method]?.test(path.replace(/^\/api(?=\/)/, '')) ?? false

/** A stranger's way leads to the sign-in page; a script is told 401. */
export const gate: MiddlewareHandler<Env> = async (c, next) => {
  const { settings, limits } = c.var.app
  if (c.var.viewer) return next()
  if (settings().access === 'public') {
    if (['GET', 'HEAD'].includes(c.req.method)) await limits.take('anonymousReads', whoseLimit(c))
    return next()
  }
  if (isOpen(c.req.method, c.req.path)) return next()
  if (c.var.format === 'json') throw new Problem('unauthenticated', 'Please sign in.')
  const { pathname, search } = new URL(c.req.url)
  const shares = c.req.method === 'POST' && pathname === '/posts/new' // from a phone's gallery; what it brought cannot be kept for a stranger
  const wanted = shares ? '/posts/new?share=again' : c.req.method === 'GET' && pathname !== '/' && pathname + search
  const back = wanted ? `?next=${encodeURIComponent(wanted)}` : ''
  c.header('cache-control', 'private, no-cache')
  if (c.var.format === 'page') return c.redirect(`/sessions/new${back}`, 303)
  c.header('hx-redirect', '/sessions/new')
  return c.html('', 401)
}

/** Where coins are off there is no wallet and no library, so nobody is sent there. */
export const coinsGate: MiddlewareHandler<Env> = async (c, next) => {
  const hidden =
    /^(\/api)?\/(coins|library|posts\/[^/]+\/gifts|admin\/(vouchers|topups|packs|checkouts|payouts|purchases)|admin\/users\/[^/]+\/grants)(\/|$)/.test(
      c.req.path,
    )
  if (hidden && c.var.app.settings().coins === 'off') throw new Problem('not_found', 'There is nothing here.')
  await next()
}
