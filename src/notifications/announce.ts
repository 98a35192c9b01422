import { and, gt, lte, sql } from 'drizzle-orm'
import { isTrue, newId } from '../db/columns'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { type Chunk, ofItsAuthor, thePost } from '../follows/follower-batches'
import { follows } from '../follows/table'
import { mutedBy } from '../mutes/muted'
import { posts } from '../posts/table'
import { queuePost } from '../push/queue'
import { wantsSql } from './choices'
import { notifications } from './table'

/**
 * Notifies those followers of a chunk who want to hear of new posts. Repeating it changes nothing, since the pair of
 * person and post is unique. Returns the author of the post, or undefined when the post is gone.
 */
export async function announceChunk(tx: Tx, chunk: Chunk): Promise<{ authorId: number } | undefined> {
  await insertChunk(tx).execute(chunk)
  await queuePost(tx, chunk)
  return (await whose(tx).execute(chunk))[0]
}

const whose = prepared((tx: Tx) => tx.select({ authorId: posts.authorId }).from(posts).where(thePost).prepare())

const nothing = (name: string) => sql<null>`null`.as(name)

const insertChunk = prepared((tx: Tx) =>
  tx
    .insert(notifications)
    .select(
      tx
        .select({
          id: newId(notifications).as('id'),
          userId: follows.followerId,
          kind: sql<'post'>`'post'`.as('kind'),
          at: sql<Date>`${posts.publishedAt}`.as('at'),
          read: sql<boolean>`false`.as('read'),
          actorId: sql<number>`${posts.authorId}`.as('actor_id'),
          postId: sql<number>`${posts.id}`.as('post_id'),
          fileId: nothing('file_id'),
          coins: nothing('coins'),
          commentId: nothing('comment_id'),
          note: nothing('note'),
          count: sql<number>`1`.as('count'),
          begunAt: nothing('begun_at'),
        })
        .from(posts)
        .innerJoin(follows, ofItsAuthor)
        .where(
          and(
            thePost,
            isTrue(follows.notify),
            sql`not ${mutedBy(follows.followerId, posts.authorId)}`,
            wantsSql(follows.followerId, 'post', 'page'),
            gt(follows.followerId, sql.placeholder('after')),
            lte(follows.followerId, sql.placeholder('last')),
          ),
        ),
    )
    .onConflictDoNothing()
    .prepare(),
)
