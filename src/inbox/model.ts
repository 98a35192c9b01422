import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { posts } from '../posts/table'
import type { Person } from '../users/table'
import { inbox } from './table'

const BACKFILL = 500

/** Somebody new to follow brings their latest posts along, as read. */
export async function backfill(tx: Tx, follower: Person, followee: Person): Promise<void> {
  const read = {
    userId: sql<number>`${follower.id}`.as('user_id'),
    at: sql<Date>`${posts.publishedAt}`.as('at'),
    postId: posts.id,
    read: sql<boolean>`1`.as('read'),
  }
  const latest = tx
    .select(read)
    .from(posts)
    .where(and(eq(posts.authorId, followee.id), isNotNull(posts.publishedAt)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(BACKFILL)
  await tx.insert(inbox).select(latest).onConflictDoNothing()
}

export async function withdraw(tx: Tx, follower: Person, followee: Person): Promise<void> {
  const theirs = tx.select({ id: posts.id }).from(posts).where(eq(posts.authorId, followee.id))
  await tx.delete(inbox).where(and(eq(inbox.userId, follower.id), inArray(inbox.postId, theirs)))
}
