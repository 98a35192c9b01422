import { and, eq } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { Problem } from '../http/errors'
import { backfill, withdraw } from '../inbox/model'
import { hasFollowersOnly } from '../posts/model'
import { raiseEpoch } from '../users/model'
import type { Person } from '../users/table'
import { follows } from './table'

/** True when it was not so before. */
export async function follow(tx: Tx, follower: Person, followee: Person, now: Date): Promise<boolean> {
  if (follower.id === followee.id) throw new Problem('conflict', 'Nobody follows themselves.', { code: 'own_account' })
  const made = await tx
    .insert(follows)
    .values({ followeeId: followee.id, followerId: follower.id, createdAt: now })
    .onConflictDoNothing()
    .returning()
  if (made.length) await backfill(tx, follower, followee)
  return made.length > 0
}

export async function unfollow(tx: Tx, follower: Person, followee: Person): Promise<void> {
  const pair = and(eq(follows.followeeId, followee.id), eq(follows.followerId, follower.id))
  const ended = await tx.delete(follows).where(pair).returning()
  if (!ended.length) return
  await withdraw(tx, follower, followee)
  if (await hasFollowersOnly(tx, followee)) await raiseEpoch(tx, follower.id)
}
