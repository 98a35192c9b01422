import { and, asc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { posts } from '../posts/table'
import { follows } from './table'

/** Work on a post's followers continues after the follower `after`. */
export type From = { postId: number; after: number }
/** The followers with ids greater than `after`, up to and including `last`. */
export type Chunk = From & { last: number }

/** Matches the published post of a prepared query. */
export const thePost = and(
  eq(posts.id, sql.placeholder('postId')),
  isNotNull(posts.publishedAt),
  isNull(posts.deletedAt),
)
export const ofItsAuthor = eq(follows.followeeId, posts.authorId)

const lastOf = prepared((tx: Tx) =>
  tx
    .select({ id: follows.followerId })
    .from(posts)
    .innerJoin(follows, ofItsAuthor)
    .where(and(thePost, gt(follows.followerId, sql.placeholder('after'))))
    .orderBy(asc(follows.followerId))
    .limit(1)
    .offset(sql.placeholder('skip'))
    .prepare(),
)

/** Finds the next `most` followers of a post's author. `next` is where to continue when there may be more. */
export async function nextFollowers(
  tx: Tx,
  from: From,
  most: number,
): Promise<{ chunk: Chunk; next: From | undefined }> {
  const [end] = await lastOf(tx).execute({ ...from, skip: most - 1 })
  return { chunk: { ...from, last: end?.id ?? Number.MAX_SAFE_INTEGER }, next: end && { ...from, after: end.id } }
}
