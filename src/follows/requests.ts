import { and, asc, desc, eq, or, sql } from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import { isFalse } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { notify, takeBack } from '../notifications/model'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { present, seenBy, toPeoplePage } from '../users/person'
import { users } from '../users/table'
import { beginFollow, followBetween } from './begin'
import { followRequests, follows } from './table'

type Who = Pick<Person, 'id'>

const asked = (follower: Who, followee: Who) =>
  and(eq(followRequests.followeeId, followee.id), eq(followRequests.followerId, follower.id))

/** Asks a private account to be followed. Asking twice makes one request, with the latest wish. */
export async function askToFollow(tx: Tx, follower: Who, followee: Who, notices: boolean, now: Date): Promise<void> {
  const known = await tx
    .update(followRequests)
    .set({ notify: notices })
    .where(asked(follower, followee))
    .returning({ id: followRequests.followerId })
  if (known.length) return
  const pair = { followeeId: followee.id, followerId: follower.id }
  await tx.insert(followRequests).values({ ...pair, notify: notices, createdAt: now })
  await notify(tx, { userId: followee.id, kind: 'request', actorId: follower.id, at: now })
}

/** Drops a request: the follower withdraws it, or the other person refuses it, of which the follower is not told. */
export async function dropRequest(tx: Tx, follower: Who, followee: Who): Promise<boolean> {
  const rows = await tx.delete(followRequests).where(asked(follower, followee)).returning()
  if (rows.length) await takeBack(tx, { userId: followee.id, kind: 'request', actorId: follower.id })
  return rows.length > 0
}

/** Accepts a request to follow me. Returns false when they follow me already. */
export async function acceptRequest(tx: Tx, me: Who, follower: Who, now: Date): Promise<boolean> {
  const [request] = await tx.select().from(followRequests).where(asked(follower, me)).limit(1)
  if (!request) {
    const known = await tx.select({ id: follows.followerId }).from(follows).where(followBetween(follower, me)).limit(1)
    if (known.length) return false
    throw new Problem('not_found', 'This person has not asked to follow you.')
  }
  await dropRequest(tx, follower, me)
  if (!(await beginFollow(tx, { follower, followee: me, notify: request.notify }, now))) return false
  await notify(tx, { userId: follower.id, kind: 'accepted', actorId: me.id, at: now })
  return true
}

const CHUNK = 100

/** Accepts a chunk of the requests to an account that is public now. Returns true when there may be more. */
export async function acceptSome(tx: Tx, me: Who, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: followRequests.followerId })
    .from(followRequests)
    .innerJoin(users, eq(users.id, followRequests.followeeId))
    .where(and(eq(followRequests.followeeId, me.id), isFalse(users.private)))
    .orderBy(asc(followRequests.createdAt))
    .limit(CHUNK)
  for (const follower of rows) await acceptRequest(tx, me, follower, now)
  return rows.length === CHUNK
}

/** Counts the people who ask to follow me, up to 100. */
export const countRequests = async (db: Reader, me: Who): Promise<number> =>
  (await requestsTo(db).execute({ id: me.id, ...placeholdersOf({ limit: CHUNK - 1, cursor: null }) })).length

/** Lists the people who ask to follow me, the latest first. */
export async function listFollowRequests(db: Reader, me: Who, wanted: Wanted) {
  const rows = await requestsTo(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPeoplePage(rows, wanted)
}

const requestsTo = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ user: seenBy(me), at: followRequests.createdAt })
    .from(followRequests)
    .innerJoin(users, eq(users.id, followRequests.followerId))
    .where(
      and(
        eq(followRequests.followeeId, me.id),
        present,
        notBlocked(me, users.id),
        beforePlaceholder(followRequests.createdAt, followRequests.followerId),
      ),
    )
    .orderBy(desc(followRequests.createdAt), desc(followRequests.followerId))
    .limit(sql.placeholder('most'))
    .prepare()
})

/** Erases a chunk of the requests by and to an erased account. Returns true when there may be more. */
export async function eraseRequests(tx: Tx, user: Who): Promise<boolean> {
  const theirs = or(eq(followRequests.followerId, user.id), eq(followRequests.followeeId, user.id))
  const rows = await tx.select().from(followRequests).where(theirs).limit(CHUNK)
  for (const { followerId, followeeId } of rows) await dropRequest(tx, { id: followerId }, { id: followeeId })
  return rows.length === CHUNK
}
