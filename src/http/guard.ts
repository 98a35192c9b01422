import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { Problem } from '../problem'
import { changesNothing } from './methods'
import { bearer, cookie } from './session-cookie'

/**
 * Paths that accept requests from other origins, because no cookie counts there: mail programs unsubscribe with the
 * token in the address, webhooks are signed, and apps prove who they are.
 */
const ANYWHERE = /^(\/api)?\/(mail\/unsubscriptions|webhooks\/\w+|oauth\/(token|revoke|register))$/

/** Refuses cross-site requests. Another site can make a browser send cookies, but never a bearer token. */
export const guard: MiddlewareHandler<Env> = (c, next) => (changesNothing(c.req.method) ? next() : guardChange(c, next))

const guardChange: MiddlewareHandler<Env> = async (c, next) => {
  if (!bearer(c) && !isOurs(c) && !ANYWHERE.test(c.req.path))
    throw new Problem('forbidden', 'This request came from another site.', { code: 'cross_site' })
  const { viewer, app } = c.var
  if (viewer && !c.req.path.startsWith('/api/uploads')) await app.limits.take('changes', viewer.id)
  await next()
}

/**
 * Browsers send `Sec-Fetch-Site` only over https and to localhost, so plain http is checked by `Origin`. Scripts send
 * neither.
 */
function isOurs(c: Context<Env>): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  if (origin) return [c.req.header('host'), hostOf(c.var.app.config.url)].includes(hostOf(origin) ?? 'null')
  return !cookie(c)
}

const hostOf = (url: string | undefined) => (url && URL.canParse(url) ? new URL(url).host : undefined)

/**
 * Routes `POST …?_method=PUT` as PUT, because HTML forms can only send GET and POST. The method is in the query, so
 * routing does not have to read the body.
 */
export const formMethod =
  (app: Hono<Env>): MiddlewareHandler<Env> =>
  (c, next) => {
    const method = c.req.method === 'POST' && c.req.query('_method')
    if (!method || c.var.format === 'json') return next()
    if (!['PUT', 'PATCH', 'DELETE'].includes(method))
      throw new Problem('invalid', '_method must be PUT, PATCH or DELETE.')
    const url = new URL(c.req.url)
    url.searchParams.delete('_method')
    return Promise.resolve(
      app.fetch(
        new Request(url.href, { method, headers: c.req.raw.headers, body: c.req.raw.body, signal: c.req.raw.signal }),
        c.env,
      ),
    )
  }
