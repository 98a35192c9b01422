import { and, gt, isNotNull, sql } from 'drizzle-orm'
import type { Reader, Store } from '../db/open'
import { prepared } from '../db/prepared'
import { files } from '../files/table'
import { sessions } from '../sessions/table'
import { users } from '../users/table'

/** What was given and taken back: raised epochs and ended sessions. In memory, so that serving bytes asks no database. */
export type Revoked = { viewers: Map<number, number>; files: Map<number, number>; sessions: Set<number> }

/** No media link lives longer, so what was raised before has nothing left to take back. */
const LIFE_MS = 12 * 3600_000

const ended = prepared((db: Reader) =>
  db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isNotNull(sessions.endedAt), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare(),
)

// `is not null` is spelled out: with a parameter alone SQLite would not use the partial index.
const raised = prepared((db: Reader) => ({
  users: db
    .select({ id: users.id, epoch: users.epoch })
    .from(users)
    .where(and(isNotNull(users.epochAt), gt(users.epochAt, sql.placeholder('since'))))
    .prepare(),
  files: db
    .select({ id: files.id, epoch: files.epoch })
    .from(files)
    .where(and(isNotNull(files.epochAt), gt(files.epochAt, sql.placeholder('since'))))
    .prepare(),
}))

export async function watchRevoked({ db, onChange }: Store, now: () => Date): Promise<Revoked> {
  const revoked: Revoked = { viewers: new Map(), files: new Map(), sessions: new Set() }
  const refresh = async () => {
    const since = +now() - LIFE_MS
    revoked.viewers = new Map((await raised(db).users.execute({ since })).map(({ id, epoch }) => [id, epoch]))
    revoked.files = new Map((await raised(db).files.execute({ since })).map(({ id, epoch }) => [id, epoch]))
    revoked.sessions = new Set((await ended(db).execute({ now: +now() })).map(({ id }) => id))
  }
  onChange(refresh)
  await refresh()
  return revoked
}
