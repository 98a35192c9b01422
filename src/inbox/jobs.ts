import { and, asc, eq, gt, isNotNull, lte, sql } from 'drizzle-orm'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { follows } from '../follows/table'
import { advance, type Job } from '../jobs/queue'
import { posts } from '../posts/table'
import { inbox } from './table'

const CHUNK = 500

const thePost = and(eq(posts.id, sql.placeholder('postId')), isNotNull(posts.publishedAt))
const ofItsAuthor = eq(follows.followeeId, posts.authorId)
const beyond = gt(follows.followerId, sql.placeholder('after'))

/** The last of the next 500 followers; none when fewer are left. */
const chunkEnd = prepared((tx: Tx) =>
  tx
    .select({ id: follows.followerId })
    .from(posts)
    .innerJoin(follows, ofItsAuthor)
    .where(and(thePost, beyond))
    .orderBy(asc(follows.followerId))
    .limit(1)
    .offset(CHUNK - 1)
    .prepare(),
)

const copyChunk = prepared((tx: Tx) =>
  tx
    .insert(inbox)
    .select(
      tx
        .select({
          userId: follows.followerId,
          at: sql<Date>`${posts.publishedAt}`.as('at'),
          postId: posts.id,
          read: sql<boolean>`0`.as('read'),
        })
        .from(posts)
        .innerJoin(follows, ofItsAuthor)
        .where(and(thePost, beyond, lte(follows.followerId, sql.placeholder('last')))),
    )
    .onConflictDoNothing()
    .prepare(),
)

/** Copies the post into its author's followers' inboxes, a chunk a transaction, so that no write holds the lock for long. */
export async function deliver({ write }: App, job: Job<'inbox.deliver'>): Promise<void> {
  const { postId } = job.payload
  let after: number | undefined = job.payload.after
  while (after !== undefined) after = await write((tx) => deliverChunk(tx, job, { postId, after: after! }))
}

/** One chunk and where to go on; nothing when it was the last. */
async function deliverChunk(tx: Tx, job: Job<'inbox.deliver'>, from: { postId: number; after: number }): Promise<number | undefined> {
  const [end] = await chunkEnd(tx).execute(from)
  await copyChunk(tx).execute({ ...from, last: end?.id ?? Number.MAX_SAFE_INTEGER })
  if (end) await advance(tx, job, { ...from, after: end.id })
  return end?.id
}
