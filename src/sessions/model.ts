import { and, desc, eq, gt, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { type Id, isFalse } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { doubt } from '../db/tell'
import type { Viewer } from '../ports/people'
import type { Claims } from '../ports/sessions'
import { Problem } from '../problem'
import { present } from '../users/person'
import { noteSeen } from '../users/seen'
import { account, users } from '../users/table'
import { type Session, sessions } from './table'

/** How long a session lasts after it was used the last time. */
export const SESSION_MS = 30 * 24 * 3600_000

const until = (now: Date) => new Date(+now + SESSION_MS)

/**
 * Tells whether the account exists and is not suspended. With `verifiedHash`, the hash that a password was checked
 * against, it also tells whether that is still the password, since the owner may have changed it during the check.
 */
async function maySignIn(tx: Tx, userId: number, verifiedHash: string | undefined): Promise<boolean> {
  const same = verifiedHash === undefined ? undefined : eq(users.passwordHash, verifiedHash)
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), present, same))
  return rows.length > 0
}

type Opening = {
  /** The hash that the password was checked against, if it was one that opens the session. */
  verifiedHash?: string | undefined
  /** When the person proved by a passkey that they are there, if they did. */
  passkeyAt?: Date | null
}

/** Starts a session. `name` is the `User-Agent` by which the person recognises the device, cut to 200 characters. */
export async function startSession(
  tx: Tx,
  userId: number,
  name: string,
  now: Date,
  { verifiedHash, passkeyAt = null }: Opening = {},
): Promise<Session> {
  if (!(await maySignIn(tx, userId, verifiedHash)))
    throw new Problem('unauthenticated', 'The handle or password is wrong.')
  const draft = { userId, name: name.slice(0, 200), createdAt: now, lastSeenAt: now, expiresAt: until(now), passkeyAt }
  const [session] = await tx.insert(sessions).values(draft).returning()
  await noteSeen(tx, userId, now)
  return session!
}

/** Notes that the person has just used a passkey in this session. */
export const notePasskey = (tx: Tx, id: Id<'session'>, now: Date) =>
  tx.update(sessions).set({ passkeyAt: now }).where(eq(sessions.id, id))

/** Extends a session, or returns undefined when it has been ended. */
export async function renewSession(tx: Tx, id: number, now: Date): Promise<Session | undefined> {
  const [session] = await tx
    .update(sessions)
    .set({ lastSeenAt: now, expiresAt: until(now) })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning()
  if (session) await noteSeen(tx, session.userId, now)
  return session
}

/** Ends a session. Ending one twice, or someone else's, changes nothing. */
export const endSession = (tx: Tx, userId: Id<'user'>, id: Id<'session'>, now: Date) =>
  end(tx, userId, eq(sessions.id, id), now)

/** Ends the sessions of all devices but one. Personal tokens stay. */
export const endOtherDevices = (tx: Tx, userId: number, now: Date, keep: number) =>
  end(tx, userId, and(ne(sessions.id, keep), isNull(sessions.scopes)) ?? sql`false`, now)

/** Ends the sessions of all devices, personal tokens and apps, but the session with the id `except`. */
export const endAllSessions = (tx: Tx, userId: number, now: Date, except = 0) =>
  end(tx, userId, ne(sessions.id, except), now)

/** Ends everything that a password opened, but the session in which it is changed and tokens that outlive passwords. */
export const endWithPassword = (tx: Tx, userId: number, now: Date, keep: number) =>
  end(tx, userId, and(ne(sessions.id, keep), isFalse(sessions.outlivesPassword)) ?? sql`false`, now)

async function end(tx: Tx, userId: number, which: SQL, now: Date) {
  doubt(tx, userId)
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.userId, userId), which, isNull(sessions.endedAt)))
}

const openSession = prepared((db: Reader) =>
  db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder('sessionId')),
        eq(sessions.userId, sql.placeholder('userId')),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql.placeholder('now')),
        present,
      ),
    )
    .prepare(),
)

/** Tells whether the session is still open and its owner neither suspended nor deleted. */
export const isOpenSession = async (db: Reader, { userId, sessionId }: Claims, now: Date): Promise<boolean> =>
  (await openSession(db).execute({ userId, sessionId, now: +now })).length > 0

// Prepared, since every request of a signed-in person runs it.
const viewerAt = prepared((db: Reader) => {
  const theirs = and(eq(sessions.id, sql.placeholder('sessionId')), eq(sessions.userId, sql.placeholder('userId')))
  const open = and(isNull(sessions.endedAt), gt(sessions.expiresAt, sql.placeholder('now')))
  return db
    .select({ account, session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(theirs, open, present))
    .limit(1)
    .prepare()
})

/** Looks up the person behind a session. Null once it has ended, or its owner is suspended, waiting or deleted. */
export async function lookUpViewer(
  db: Reader,
  { userId, sessionId }: Claims,
  now: Date,
): Promise<{ viewer: Omit<Viewer, 'restricted'>; session: Session } | null> {
  const [row] = await viewerAt(db).execute({ sessionId, userId, now: +now })
  if (!row) return null
  const { scopes, passkeyAt } = row.session
  return { viewer: { ...row.account, sessionId, scopes, passkeyAt }, session: row.session }
}

/** Lists the devices on which a person is signed in, most recently used first. */
export async function listSessions(db: Reader, userId: number, wanted: Wanted, now: Date) {
  const rows = await openOf(db).execute({ userId, now: +now, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ lastSeenAt, id }) => ({ at: lastSeenAt, id }))
}

const openOf = prepared((db: Reader) => {
  const open = and(isNull(sessions.endedAt), isNull(sessions.scopes), gt(sessions.expiresAt, sql.placeholder('now')))
  const mine = eq(sessions.userId, sql.placeholder('userId'))
  return db
    .select()
    .from(sessions)
    .where(and(mine, open, beforePlaceholder(sessions.lastSeenAt, sessions.id)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(sql.placeholder('most'))
    .prepare()
})

const CHUNK = 500

/** Deletes a batch of sessions that expired at least a day ago; returns true when there may be more. */
export async function forgetSessions(tx: Tx, now: Date): Promise<boolean> {
  const old = lt(sessions.expiresAt, new Date(+now - 24 * 3600_000))
  return (await deleteSome(tx, sessions, old, { key: sessions.id, most: CHUNK })).length === CHUNK
}

/** Lets sessions that were last used after `latest` count from now. Returns how many there were. */
export async function correctSessionTimes(tx: Tx, latest: Date, now: Date): Promise<number> {
  const used = await tx
    .update(sessions)
    .set({ lastSeenAt: now, expiresAt: until(now) })
    .where(and(gt(sessions.lastSeenAt, latest), isNull(sessions.scopes)))
    .returning({ id: sessions.id })
  return used.length
}
