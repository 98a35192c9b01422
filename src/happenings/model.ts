import { and, asc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { actor, mayHear } from '../notifications/model'
import { authorOf } from '../posts/feed'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { type Happening, happenings } from './table'

/** A client that was away for longer than this has to read the lists again. */
const KEPT_MS = 7 * 24 * 3600_000
/** How many events are read at once. */
const BATCH = 200
const CHUNK = 500

export type Heard = Omit<Happening, 'userId'> & { actor: string | null }

/** Lists a batch of the events of a person after the one with this id, oldest first, without those they may not hear of. */
export const happeningsAfter = (db: Reader, userId: number, after: number): Promise<Heard[]> =>
  following(db).execute({ userId, after })

const following = prepared((db: Reader) => {
  const me = { id: sql.placeholder('userId') }
  const { id, kind, at, actorId, postId, commentId, coins } = happenings
  return db
    .select({ id, kind, at, actorId, actor: actor.handle, postId, commentId, coins })
    .from(happenings)
    .leftJoin(actor, eq(actor.id, actorId))
    .leftJoin(posts, eq(posts.id, postId))
    .leftJoin(users, authorOf)
    .where(
      and(
        eq(happenings.userId, me.id),
        gt(id, sql.placeholder('after')),
        mayHear(me, { kind, count: sql`1` }),
        or(eq(kind, 'report'), notBlocked(me, actorId)),
      ),
    )
    .orderBy(asc(id))
    .limit(BATCH)
    .prepare()
})

/** The id of the newest event of a person, or 0. */
export const newestHappening = async (db: Reader, userId: number): Promise<number> =>
  (await newest(db).execute({ userId }))[0]?.id ?? 0

const newest = prepared((db: Reader) =>
  db
    .select({ id: sql<number | null>`max(${happenings.id})`.mapWith(Number) })
    .from(happenings)
    .where(eq(happenings.userId, sql.placeholder('userId')))
    .prepare(),
)

/** Deletes a batch of events that happened more than a week ago; returns true when there may be more. */
export async function forgetHappenings(tx: Tx, now: Date): Promise<boolean> {
  const old = lt(happenings.at, new Date(+now - KEPT_MS))
  return (await deleteSome(tx, happenings, old, { key: happenings.id, most: CHUNK })).length === CHUNK
}

/** Erases a batch of the events of a deleted account; returns true when there may be more. */
export async function eraseHappeningsOf(tx: Tx, user: { id: number }): Promise<boolean> {
  const theirs = eq(happenings.userId, user.id)
  return (await deleteSome(tx, happenings, theirs, { key: happenings.id, most: CHUNK })).length === CHUNK
}
