import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Scope } from '../../shapes/tokens'
import type { Id } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Tx } from '../db/open'
import type { Viewer } from '../ports/people'
import { isSameSecret } from '../same-secret'
import { endGrant, startGrant } from '../sessions/app-grants'
import { isOpenSession } from '../sessions/model'
import { type Session, sessions } from '../sessions/table'
import { hashOf, newSecret } from './secrets'
import { type AppRow, appCodes } from './table'

const CODE_MS = 2 * 60_000
/** How long a used code is remembered. */
const KEPT_MS = 3600_000
const CHUNK = 500

export type Asked = { redirectUri: string; scopes: Scope[]; challenge: string }

/** Makes the code with which the app gets its tokens. Only a hash of it is stored. */
export async function issueCode(tx: Tx, me: Viewer, app: AppRow, asked: Asked, now: Date): Promise<string> {
  const code = newSecret()
  const bound = { appId: app.id, userId: me.id, allowedInId: me.sessionId }
  await tx.insert(appCodes).values({ ...asked, ...bound, hash: hashOf(code), expiresAt: new Date(+now + CODE_MS) })
  return code
}

type Shown = { code: string; redirectUri: string; verifier: string }

/**
 * Exchanges a code for what the person allowed. Undefined means that the code is not valid: it is for another app or
 * address, expired, or the person signed out or changed the password meanwhile. A code that comes a second time was
 * stolen, so what it opened ends.
 */
export async function redeemCode(tx: Tx, app: AppRow, shown: Shown, now: Date): Promise<Session | undefined> {
  const [code] = await tx
    .select()
    .from(appCodes)
    .where(and(eq(appCodes.hash, hashOf(shown.code)), eq(appCodes.appId, app.id)))
  if (!code) return undefined
  if (code.grantId) {
    await endGrant(tx, code.userId, code.grantId, now)
    return undefined
  }
  const fits = code.redirectUri === shown.redirectUri && isSameSecret(code.challenge, hashOf(shown.verifier))
  if (!fits || code.expiresAt <= now) return undefined
  const allowedIn = { userId: code.userId, sessionId: code.allowedInId }
  if (!(await isOpenSession(tx, allowedIn, now))) return undefined
  const { passkeyAt } = await sessionOf(tx, code.allowedInId)
  const grant = await startGrant(tx, app, { userId: code.userId, scopes: code.scopes, passkeyAt }, now)
  await tx
    .update(appCodes)
    .set({ grantId: grant.id })
    .where(and(eq(appCodes.hash, code.hash), isNull(appCodes.grantId)))
  return grant
}

async function sessionOf(tx: Tx, id: Id<'session'>): Promise<Pick<Session, 'passkeyAt'>> {
  const [session] = await tx.select({ passkeyAt: sessions.passkeyAt }).from(sessions).where(eq(sessions.id, id))
  return session!
}

/** Deletes a batch of codes that expired an hour ago; returns true when there may be more. */
export async function forgetCodes(tx: Tx, now: Date): Promise<boolean> {
  const old = lt(appCodes.expiresAt, new Date(+now - KEPT_MS))
  return (await deleteSome(tx, appCodes, old, { key: appCodes.hash, most: CHUNK })).length === CHUNK
}
