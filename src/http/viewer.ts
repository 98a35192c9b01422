import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../context'
import { findViewer, renewSession, SESSION_MS } from '../sessions/model'
import type { Session, Viewer } from '../sessions/table'
import { Problem } from './errors'

const COOKIE = 'session'
const DAY_MS = 24 * 3600_000

/** Who is asking, or a 401. */
export function viewer(c: Context<Env>): Viewer {
  if (!c.var.viewer) throw new Problem('unauthenticated', 'Please sign in.')
  return c.var.viewer
}

export const bearer = (c: Context) => /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

const prefix = (c: Context<Env>) => ((c.var.app.config.url ?? c.req.url).startsWith('https:') ? ('host' as const) : undefined)
export const cookie = (c: Context<Env>) => getCookie(c, COOKIE, prefix(c))

export function setSessionCookie(c: Context<Env>, token: string) {
  const kind = prefix(c)
  setCookie(c, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_MS / 1000,
    ...(kind && { prefix: kind, secure: true }),
  })
}
export const dropSessionCookie = (c: Context<Env>) => deleteCookie(c, COOKIE, prefix(c) ? { prefix: 'host', secure: true } : {})

/** Whose token this is, settled without a query; a bearer token never falls back to the cookie, which the guard did not look at. */
export async function claimsOf(c: Context<Env>) {
  const { sessionTokens, revoked } = c.var.app
  const claims = await sessionTokens.read(bearer(c) ?? cookie(c))
  return claims && !revoked.sessions.has(claims.sessionId) ? claims : null
}

export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const { db, now } = c.var.app
  const claims = await claimsOf(c)
  const found = claims && (await findViewer(db, claims, now()))
  c.set('viewer', found?.viewer ?? null)
  if (found && !bearer(c) && +now() - +found.session.lastSeenAt > DAY_MS) await renew(c, found.session)
  await next()
}

/** Thirty days from the last use, written down once a day. */
async function renew(c: Context<Env>, { id }: Session) {
  const { write, now, sessionTokens } = c.var.app
  const session = await write((tx) => renewSession(tx, id, now()))
  if (session) setSessionCookie(c, await sessionTokens.sign(session))
}
