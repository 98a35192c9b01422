import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { anybodyBlocked, hasBlocks, type ViewerRef } from '../blocks/between'
import type { Tx } from '../db/open'
import { comments } from './comments/table'
import { likes } from './likes/table'
import { posts } from './table'

/** Adds to a counter of the post's row. `by` is the number of rows that were really created or deleted. */
export const countOn = (tx: Tx, postId: number, counter: 'likes' | 'comments', by: number) =>
  tx
    .update(posts)
    .set({ [counter]: sql`${posts[counter]} + ${by}` })
    .where(eq(posts.id, postId))
    .returning({ authorId: posts.authorId })

/**
 * Selects the counters without the people that a block hides from the viewer. Most viewers have no blocks, so nothing
 * is subtracted, or even counted.
 */
export function countsFor(viewer: ViewerRef) {
  const without = (counter: SQLWrapper, hidden: SQL) =>
    viewer
      ? sql<number>`${counter} - case when ${hasBlocks(viewer)} then ${hidden} else 0 end`
      : sql<number>`${counter}`
  const blocked = viewer && anybodyBlocked(viewer)
  const hiddenLikes = sql`(
    select count(*) from ${likes} where ${likes.postId} = ${posts.id} and ${likes.userId} in ${blocked}
  )`
  const hiddenComments = sql`(
    select count(*) from ${comments}
    where ${comments.postId} = ${posts.id} and ${comments.deletedAt} is null
      and ${comments.heldAt} is null and ${comments.authorId} in ${blocked}
  )`
  return {
    likes: without(posts.likes, hiddenLikes).as('likes_shown'),
    comments: without(posts.comments, hiddenComments).as('comments_shown'),
  }
}
