import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { person, users } from '../users/table'
import { type Session, sessions, type Viewer } from './table'
import type { Claims } from './token'

export const SESSION_MS = 30 * 24 * 3600_000

const until = (now: Date) => new Date(+now + SESSION_MS)

export async function startSession(tx: Tx, userId: number, name: string, now: Date): Promise<Session> {
  const [session] = await tx
    .insert(sessions)
    .values({ userId, name, createdAt: now, lastSeenAt: now, expiresAt: until(now) })
    .returning()
  return session!
}

/** Undefined when it was ended in the meantime. */
export async function renewSession(tx: Tx, id: number, now: Date): Promise<Session | undefined> {
  const [session] = await tx
    .update(sessions)
    .set({ lastSeenAt: now, expiresAt: until(now) })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning()
  return session
}

/** Ending one twice, or one of somebody else, changes nothing. */
export const endSession = (tx: Tx, userId: number, id: number, now: Date) =>
  tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.endedAt)))

export async function findViewer(
  db: Reader,
  { userId, sessionId }: Claims,
  now: Date,
): Promise<{ viewer: Viewer; session: Session } | null> {
  const open = and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.expiresAt, now))
  const [row] = await db
    .select({ person, session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(open)
    .limit(1)
  return row ? { viewer: { ...row.person, sessionId }, session: row.session } : null
}
