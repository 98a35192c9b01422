import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { App, Connection, Env } from '../context'
import { findViewer, renewSession, SESSION_MS, startSession } from '../sessions/model'
import type { Session, Viewer } from '../sessions/table'
import type { Claims } from '../sessions/token'
import { cameByHttps, isHttps } from './client'
import { Problem } from './errors'

const COOKIE = 'session'
const DAY_MS = 24 * 3600_000

/** Who is asking, or a 401. */
export function viewer(c: Context<Env>): Viewer {
  if (!c.var.viewer) throw new Problem('unauthenticated', 'Please sign in.')
  return c.var.viewer
}

/** Staff, or a 403; some things are for administrators only. */
export function staff(c: Context<Env>, role: 'moderator' | 'admin' = 'moderator'): Viewer {
  const me = viewer(c)
  const allowed = role === 'admin' ? ['admin'] : ['admin', 'moderator']
  if (!allowed.includes(me.role)) throw new Problem('forbidden', 'This is for the staff only.')
  return me
}

const bearerOf = (request: Request) => /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
export const bearer = (c: Context) => bearerOf(c.req.raw)

const prefix = (c: Context<Env>) => (isHttps(c) ? ('host' as const) : undefined)
export const cookie = (c: Context<Env>) => cookieOf(c.req.raw, isHttps(c))

function cookieOf(request: Request, https: boolean): string | undefined {
  const name = https ? `__Host-${COOKIE}` : COOKIE
  return parse(request.headers.get('cookie') ?? '', name)[name]
}

function setSessionCookie(c: Context<Env>, token: string) {
  const kind = prefix(c)
  setCookie(c, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_MS / 1000,
    ...(kind && { prefix: kind, secure: true }),
  })
}
export const dropSessionCookie = (c: Context<Env>) =>
  deleteCookie(c, COOKIE, prefix(c) ? { prefix: 'host', secure: true } : {})

/** Signs somebody in: a page's visitor by cookie, a script by the token it is handed. */
export async function signIn(c: Context<Env>, userId: number): Promise<{ session: Session; token: string }> {
  const { write, now, sessionTokens } = c.var.app
  const session = await write((tx) => startSession(tx, userId, c.req.header('user-agent') ?? 'unknown', now()))
  const token = await sessionTokens.sign(session)
  if (c.var.format !== 'json') setSessionCookie(c, token)
  return { session, token }
}

/** Whose token this is, settled without a query; a bearer token never falls back to the cookie, which the guard did not look at. */
export async function claimsOf(c: Context<Env>) {
  const { sessionTokens, revoked } = c.var.app
  const claims = await sessionTokens.read(bearer(c) ?? cookie(c))
  return claims && !revoked.sessions.has(claims.sessionId) ? claims : null
}

/** The same at once, if the token was checked a moment ago; null says nothing. */
export function knownClaims(
  { config, sessionTokens, revoked }: App,
  request: Request,
  connection: Connection,
): Claims | null {
  const token = bearerOf(request) ?? cookieOf(request, cameByHttps(config, request, connection))
  const claims = token && sessionTokens.recall(token)
  return claims && !revoked.sessions.has(claims.sessionId) ? claims : null
}

export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const { db, now } = c.var.app
  const claims = await claimsOf(c)
  const found = claims && (await findViewer(db, claims, now()))
  c.set('viewer', found?.viewer ?? null)
  if (found && +now() - +found.session.lastSeenAt > DAY_MS) await renew(c, found.session)
  await next()
}

/** Thirty days from the last use, written down once a day. A script's token keeps its own end. */
async function renew(c: Context<Env>, { id }: Session) {
  const { write, now, sessionTokens } = c.var.app
  const session = await write((tx) => renewSession(tx, id, now()))
  if (session && !bearer(c)) setSessionCookie(c, await sessionTokens.sign(session))
}
