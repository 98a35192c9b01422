import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { claimsOf } from '../http/claims'
import { addressOf } from '../http/client'
import { bearer, setSessionCookie } from '../http/session-cookie'
import type { Person } from '../ports/people'
import { findViewer, renewSession, SESSION_MS, startSession } from './model'
import { logSignIn } from './sign-in-log'
import type { Session } from './table'

const DAY_MS = 24 * 3600_000

/** Signs a person in, and logs it. The browser gets a cookie; a script gets the returned token. */
export async function signIn(
  c: Context<Env>,
  { id: userId, handle }: Pick<Person, 'id' | 'handle'>,
  verifiedHash?: string,
): Promise<{ session: Session; token: string }> {
  const { write, now, sessionTokens } = c.var.app
  const name = c.req.header('user-agent') ?? 'unknown'
  const session = await write((tx) => startSession(tx, userId, name, now(), verifiedHash))
  const token = await sessionTokens.sign(session)
  if (c.var.format !== 'json') setSessionCookie(c, token, SESSION_MS / 1000)
  logSignIn({ address: addressOf(c), handle })
  return { session, token }
}

/** Finds out which person makes the request, if any. */
export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const { db, now } = c.var.app
  const claims = await claimsOf(c)
  const found = claims && (await findViewer(db, claims, now()))
  c.set('viewer', found?.viewer ?? null)
  if (found && +now() - +found.session.lastSeenAt > DAY_MS) await renew(c, found.session)
  await next()
}

/** Extends the session to thirty days from now, at most once a day. A script's token keeps its own end. */
async function renew(c: Context<Env>, { id }: Session) {
  const { write, now, sessionTokens } = c.var.app
  const session = await write((tx) => renewSession(tx, id, now()))
  if (session && !bearer(c)) setSessionCookie(c, await sessionTokens.sign(session), SESSION_MS / 1000)
}
