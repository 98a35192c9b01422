import { and, eq } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { touch } from '../db/tell'
import { enqueue } from '../jobs/queue'
import type { Person } from '../ports/people'
import { countOnUser } from '../users/model'
import { follows } from './table'

type Who = Pick<Person, 'id'>

/** An SQL condition: the row is the follow of these two people. */
export const followBetween = (follower: Who, followee: Who) =>
  and(eq(follows.followeeId, followee.id), eq(follows.followerId, follower.id))

/** Begins a follow, and brings the posts of the other person into the inbox. Returns true when it is new. */
export async function beginFollow(
  tx: Tx,
  { follower, followee, notify }: { follower: Who; followee: Who; notify: boolean },
  now: Date,
): Promise<boolean> {
  const pair = { followeeId: followee.id, followerId: follower.id }
  const made = await tx
    .insert(follows)
    .values({ ...pair, notify, createdAt: now })
    .onConflictDoNothing()
    .returning()
  if (!made.length) return false
  await countOnUser(tx, follower.id, 'following', 1)
  await countOnUser(tx, followee.id, 'followers', 1)
  touch(tx, follower.id, 'inbox') // rows of an earlier follow count again
  await enqueue(tx, 'inbox.backfill', pair, now)
  return true
}
