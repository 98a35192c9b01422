import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { posts } from './table'
import { moveTags } from './tags/write'

/** Finds posts that claim to be published after `latest`. */
export const postsPublishedAfter = (db: Reader, latest: Date) =>
  db
    .select({ id: posts.id, authorId: posts.authorId, at: posts.publishedAt })
    .from(posts)
    .where(and(gt(posts.publishedAt, latest), isNull(posts.deletedAt)))

/** Moves the time at which a post was published, with its places in the lists of its tags. */
export async function setPublishedAt(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.update(posts).set({ publishedAt: now }).where(eq(posts.id, id))
  await moveTags(tx, id, now)
}
