import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { follows } from '../follows/table'
import { postsPublishedAfter, setPublishedAt } from '../posts/wrong-clock'
import { inbox, readMarks } from './table'

/**
 * Brings posts that are published after `latest`, and their copies in inboxes, to `now`. Posts keep their order, since
 * posts of the same time are ordered by id.
 */
export async function correctPostTimes(tx: Tx, latest: Date, now: Date): Promise<number> {
  const ahead = await postsPublishedAfter(tx, latest)
  for (const { id, authorId, at } of ahead) {
    await setPublishedAt(tx, id, now)
    const followers = tx.select({ id: follows.followerId }).from(follows).where(eq(follows.followeeId, authorId))
    // The three columns are the primary key of the table.
    await tx
      .update(inbox)
      .set({ at: now })
      .where(and(inArray(inbox.userId, followers), eq(inbox.at, at!), eq(inbox.postId, id)))
  }
  return ahead.length
}

/** Moves read marks that lie after `latest` to now, so that new posts are unread. */
export async function correctReadMarks(tx: Tx, latest: Date, now: Date): Promise<number> {
  const ended = await tx
    .update(readMarks)
    .set({ readTo: now })
    .where(gt(readMarks.readTo, latest))
    .returning({ userId: readMarks.userId })
  return ended.length
}
