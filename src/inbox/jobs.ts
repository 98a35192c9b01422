import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, notExists, sql } from 'drizzle-orm'
import type { App } from '../context'
import { isTrue } from '../db/columns'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { touch, touchFollowers, touchFollowersWithPost } from '../db/tell'
import { type Chunk, type From, nextFollowers, ofItsAuthor, thePost } from '../follows/follower-batches'
import { follows } from '../follows/table'
import { type Handler, REPEATABLE } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { createPace } from '../jobs/pace'
import { advance, enqueue } from '../jobs/queue'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { cameSince, isMerged } from './large-authors'
import { inbox } from './table'

/** How many rows a transaction writes, so that no write holds the lock for long. */
const CHUNK = 500
/** How many posts are added to the inbox of a new follower. */
export const BACKFILL = 500

/** Posts published before the follow count as read, whichever job adds them. */
const cameBefore = sql<boolean>`${posts.publishedAt} < ${follows.createdAt}`

const whose = prepared((tx: Tx) =>
  tx
    .select({
      authorId: posts.authorId,
      merged: posts.merged,
      forFollowers: sql<boolean>`(${posts.visibility} = 'followers' or ${isTrue(users.private)})`.mapWith(Boolean),
    })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(thePost)
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
          read: cameBefore.as('read'),
        })
        .from(posts)
        .innerJoin(follows, ofItsAuthor)
        .where(
          and(
            thePost,
            gt(follows.followerId, sql.placeholder('after')),
            lte(follows.followerId, sql.placeholder('last')),
          ),
        ),
    )
    .onConflictDoNothing()
    .prepare(),
)

/** How many followers a step serves while there are no requests. */
const STEP = 2000

/**
 * Copies a post into the inboxes of its author's followers, and then notifies followers. Posts of authors with very
 * many followers are not copied.
 */
export const deliver: Handler<'inbox.deliver'> = {
  async run({ write, traffic, now }: App, job: Job<'inbox.deliver'>, signal: AbortSignal) {
    const pace = createPace(traffic, STEP)
    let from: From | undefined = job.payload
    while (from) {
      signal.throwIfAborted()
      const here: From = from
      from = await pace((rows) => write((tx) => deliverSome(tx, job, here, rows, now()), REPEATABLE))
    }
  },
}

/** Delivers one chunk. Returns where to continue, or undefined when every follower has the post. */
async function deliverSome(
  tx: Tx,
  job: Job<'inbox.deliver'>,
  from: From,
  rows: number,
  now: Date,
): Promise<From | undefined> {
  const [post] = await whose(tx).execute({ postId: from.postId })
  if (!post) return undefined
  const { chunk, next } = post.merged ? everybody(from) : await nextFollowers(tx, from, rows)
  if (!post.merged) await copyChunk(tx).execute(chunk)
  tellChunk(tx, post, chunk)
  if (next) await advance(tx, job, next)
  else await enqueue(tx, 'notifications.announce', { postId: from.postId, after: 0 }, now)
  return next
}

const everybody = (from: From) => ({ chunk: { ...from, last: Number.MAX_SAFE_INTEGER }, next: undefined })

type Delivered = { authorId: number; forFollowers: boolean }

/**
 * Sends events to the followers of a chunk. For a post that only followers see this includes the event for the main
 * page, which other people must not receive.
 */
function tellChunk(tx: Tx, { authorId, forFollowers }: Delivered, { postId, after, last }: Chunk) {
  const to = { followersOf: authorId, after, last }
  touchFollowersWithPost(tx, to, 'inbox', postId)
  if (forFollowers) touchFollowers(tx, to, ['posts'])
}

/** Excludes merged posts published after the follow, because those are never copied. */
export const isCopied = sql`not (${isMerged} and ${cameSince})`

const pairOf = ({ followeeId, followerId }: { followeeId: number; followerId: number }) =>
  and(eq(follows.followeeId, followeeId), eq(follows.followerId, followerId))

/** Adds the latest posts of an author to a new follower's inbox, unless they have unfollowed in the meantime. */
export const backfill: Handler<'inbox.backfill'> = {
  run: ({ write }, { payload }) =>
    write(async (tx) => {
      const latest = tx
        .select({
          userId: follows.followerId,
          at: sql<Date>`${posts.publishedAt}`.as('at'),
          postId: posts.id,
          read: cameBefore.as('read'),
        })
        .from(follows)
        .innerJoin(posts, eq(posts.authorId, follows.followeeId))
        .where(and(pairOf(payload), isNotNull(posts.publishedAt), isNull(posts.deletedAt), isCopied))
        .orderBy(desc(posts.publishedAt), desc(posts.id))
        .limit(BACKFILL)
      // rows from an earlier follow that are not withdrawn yet also date from before this follow
      const target = [inbox.userId, inbox.at, inbox.postId]
      await tx
        .insert(inbox)
        .select(latest)
        .onConflictDoUpdate({ target, set: { read: sql`${inbox.read} or excluded.read` } })
      touch(tx, payload.followerId, 'inbox')
    }),
}

/** Removes the rows of an unfollowed author. If the person follows the author again in the meantime, the rows stay. */
export const withdraw: Handler<'inbox.withdraw'> = {
  async run({ write }, { payload: { followerId, followeeId } }, signal) {
    let gone = CHUNK
    while (gone === CHUNK) {
      signal.throwIfAborted()
      gone = await write((tx) => withdrawChunk(tx, followerId, followeeId), REPEATABLE)
    }
  },
}

async function withdrawChunk(tx: Tx, followerId: number, followeeId: number): Promise<number> {
  const followed = tx.select({ one: sql`1` }).from(follows).where(pairOf({ followeeId, followerId }))
  const theirs = tx
    .select({ id: inbox.postId })
    .from(inbox)
    .innerJoin(posts, eq(posts.id, inbox.postId))
    .where(and(eq(inbox.userId, followerId), eq(posts.authorId, followeeId), notExists(followed)))
    .limit(CHUNK)
  const rows = await tx
    .delete(inbox)
    .where(and(eq(inbox.userId, followerId), inArray(inbox.postId, theirs)))
    .returning({ postId: inbox.postId })
  return rows.length
}

/** Removes a deleted post from the inboxes of its author's followers. Former followers no longer have it. */
export const retract: Handler<'inbox.retract'> = {
  async run({ write }, job, signal) {
    let after: number | undefined = job.payload.after
    while (after !== undefined) {
      signal.throwIfAborted()
      after = await write((tx) => retractChunk(tx, job, after!), REPEATABLE)
    }
  },
}

async function retractChunk(tx: Tx, job: Job<'inbox.retract'>, after: number): Promise<number | undefined> {
  const { postId, authorId, at } = job.payload
  const followers = await tx
    .select({ id: follows.followerId })
    .from(follows)
    .where(and(eq(follows.followeeId, authorId), gt(follows.followerId, after)))
    .orderBy(asc(follows.followerId))
    .limit(CHUNK)
  const last = followers.at(-1)?.id
  if (last === undefined) return undefined
  const ids = followers.map(({ id }) => id)
  await tx.delete(inbox).where(and(inArray(inbox.userId, ids), eq(inbox.at, new Date(at)), eq(inbox.postId, postId)))
  if (followers.length < CHUNK) return undefined
  await advance(tx, job, { ...job.payload, after: last })
  return last
}
