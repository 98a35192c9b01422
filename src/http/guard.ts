import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { Problem } from '../problem'
import { bearer, cookie } from './session-cookie'

/** Pressed in mail programs, and goes by the token in its address; or sent by another server, which signs it. No cookie counts there. */
const ANYWHERE = /^(\/api)?\/(mail\/unsubscriptions|webhooks\/\w+)$/

/** A browser sends cookies along with what another site makes it send, but never a bearer token. */
export const guard: MiddlewareHandler<Env> = async (c, next) => {
  const safe = ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
  if (!safe && !bearer(c) && !isOurs(c) && !ANYWHERE.test(c.req.path))
    throw new Problem('forbidden', 'This came from another site.', { code: 'cross_site' })
  const { viewer, app } = c.var
  if (!safe && viewer && !c.req.path.startsWith('/api/uploads')) await app.limits.take('changes', viewer.id)
  await next()
}

/** `Sec-Fetch-Site` comes with https and localhost only, so plain http is judged by `Origin`; scripts send neither. */
function isOurs(c: Context<Env>): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  if (origin) return [c.req.header('host'), hostOf(c.var.app.config.url)].includes(hostOf(origin) ?? 'null')
  return !cookie(c)
}

const hostOf = (url: string | undefined) => (url && URL.canParse(url) ? new URL(url).host : undefined)

/** HTML forms only GET and POST: `POST …?_method=PUT` comes in again as PUT. In the query, so that no body is read to route. */
export const formMethod =
  (app: Hono<Env>): MiddlewareHandler<Env> =>
  async (c, next) => {
    const method = c.req.query('_method')
    if (!method || c.req.method !== 'POST' || c.var.format === 'json') return next()
    if (!['PUT', 'PATCH', 'DELETE'].includes(method)) throw new Problem('invalid', '_method is PUT, PATCH or DELETE.')
    const url = new URL(c.req.url)
    url.searchParams.delete('_method')
    return app.fetch(
      new Request(url.href, { method, headers: c.req.raw.headers, body: c.req.raw.body, signal: c.req.raw.signal }),
      c.env,
    )
  }
