import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import type { Tx } from '../db/open'
import { claimsOf } from '../http/claims'
import { addressOf } from '../http/client'
import { isRestricted } from '../http/restricted'
import { bearer, changeSessionCookie, forgetEndedSession, setSessionCookie } from '../http/session-cookie'
import type { Person } from '../ports/people'
import { comeBack } from '../users/leaving'
import { withCode } from '../users/totp/check'
import { keepCurrent } from './accounts'
import { lookUpViewer, renewSession, SESSION_MS, startSession } from './model'
import { isNewDevice, rememberDevice, type Trace, tellOfDevice, traceOf } from './new-device'
import { usePersonalToken } from './personal-tokens'
import { logSignIn } from './sign-in-log'
import type { Session } from './table'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

type Proof = {
  /** The hash that the password was checked against. */
  passwordHash: string
  /** The code of the second factor. */
  code: string | undefined
  /** Whether the person keeps an account that is being deleted. */
  returns: boolean
}

type Who = Pick<Person, 'id' | 'handle'>

/** Signs a new person in, and logs it. The browser gets a cookie; a script gets the returned token. */
export async function signIn(c: Context<Env>, who: Who): Promise<{ session: Session; token: string }> {
  const { write } = c.var.app
  return open(c, who, await write((tx) => start(c, tx, who)))
}

/** Signs a person in who has a password and, if they chose so, a second factor. */
export async function signInWith(c: Context<Env>, who: Who, { passwordHash, code, returns }: Proof) {
  const { write, now, factorKey: key } = c.var.app
  const attempt = { key, userId: who.id, code, refusal: 'unauthenticated', now: now() } as const
  const trace = await traceOf(c, who)
  const begin = async (tx: Tx) => {
    if (returns) await comeBack(tx, who, who, now())
    return tellIfNewDevice(tx, trace, await start(c, tx, who, passwordHash))
  }
  return open(c, who, await withCode(write, attempt, begin))
}

/** Tells the owner about a sign-in on a device that is new to the account. */
async function tellIfNewDevice(tx: Tx, trace: Trace, session: Session): Promise<Session> {
  if (await isNewDevice(tx, session, trace)) await tellOfDevice(tx, session)
  return session
}

/** Signs a person in by a passkey. `note` notes its use, and throws when its answer was accepted before. */
export async function signInByPasskey(c: Context<Env>, who: Who, returns: boolean, note: (tx: Tx) => Promise<void>) {
  const { write, now } = c.var.app
  const trace = await traceOf(c, who)
  const begin = async (tx: Tx) => {
    await note(tx)
    if (returns) await comeBack(tx, who, who, now())
    return tellIfNewDevice(tx, trace, await startSession(tx, who.id, deviceOf(c), now(), { passkeyAt: now() }))
  }
  return open(c, who, await write(begin))
}

const deviceOf = (c: Context<Env>) => c.req.header('user-agent') ?? 'unknown'

const start = (c: Context<Env>, tx: Tx, { id }: Who, verifiedHash?: string) =>
  startSession(tx, id, deviceOf(c), c.var.app.now(), { verifiedHash })

async function open(c: Context<Env>, who: Who, session: Session): Promise<{ session: Session; token: string }> {
  const { handle } = who
  const token = await c.var.app.sessionTokens.sign(session)
  if (c.var.format !== 'json') {
    await keepCurrent(c, who)
    if (c.var.viewer) changeSessionCookie(c, token, SESSION_MS / 1000)
    else setSessionCookie(c, token, SESSION_MS / 1000)
    await rememberDevice(c, session.userId)
  }
  logSignIn({ address: addressOf(c), handle })
  return { session, token }
}

/** Finds out which person makes the request, if any. */
export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const { db, now, settings } = c.var.app
  const claims = await claimsOf(c)
  const found = claims && (await lookUpViewer(db, claims, now()))
  c.set('viewer', found && { ...found.viewer, restricted: isRestricted(found.viewer, settings()) })
  if (!found) forgetEndedSession(c)
  if (found) await keepUp(c, found.session)
  await next()
}

/** Notes that a session is in use. A personal token keeps its end, and its use is known to the hour. */
async function keepUp(c: Context<Env>, session: Session) {
  const { write, now } = c.var.app
  const idleMs = +now() - +session.lastSeenAt
  if (!session.scopes) {
    if (idleMs > DAY_MS) await renew(c, session)
  } else if (!session.usedAt || idleMs > HOUR_MS) await write((tx) => usePersonalToken(tx, session.id, now()))
}

/** Extends the session to thirty days from now, at most once a day. A script's token keeps its own end. */
async function renew(c: Context<Env>, { id }: Session) {
  const { write, now, sessionTokens } = c.var.app
  const session = await write((tx) => renewSession(tx, id, now()))
  if (session && !bearer(c)) setSessionCookie(c, await sessionTokens.sign(session), SESSION_MS / 1000)
}
