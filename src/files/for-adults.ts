import { and, inArray, isNull, sql } from 'drizzle-orm'
import { isTrue } from '../db/columns'
import type { Tx } from '../db/open'
import { posts } from '../posts/table'
import { files } from './table'

/** Ends all links to the files of posts for adults now. */
export async function revokeFilesForAdults(tx: Tx, now: Date): Promise<void> {
  const forAdults = tx.select({ id: posts.id }).from(posts).where(isTrue(posts.adultsOnly))
  await tx
    .update(files)
    .set({ epoch: sql`${files.epoch} + 1`, epochAt: now })
    .where(and(inArray(files.postId, forAdults), isNull(files.deletedAt)))
}
