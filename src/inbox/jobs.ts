import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, not, notExists, sql } from 'drizzle-orm'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { type EventKind, touch, touchFollowers } from '../events/tell'
import { follows } from '../follows/table'
import type { Handler } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { createPace } from '../jobs/pace'
import { advance } from '../jobs/queue'
import { announceChunk } from '../notifications/announce'
import { posts } from '../posts/table'
import { cameSince, isMerged } from './merged'
import { inbox } from './table'

/** Rows a transaction, so that no write holds the lock for long. */
const CHUNK = 500
/** Posts that somebody new to follow brings along. */
export const BACKFILL = 500

const thePost = and(eq(posts.id, sql.placeholder('postId')), isNotNull(posts.publishedAt), isNull(posts.deletedAt))
const ofItsAuthor = eq(follows.followeeId, posts.authorId)
/** What was out before somebody followed counts as read, whichever job brings it. */
const cameBefore = sql<boolean>`${posts.publishedAt} < ${follows.createdAt}`
const beyond = gt(follows.followerId, sql.placeholder('after'))

/** The last of the next followers, `skip` after the first; none when fewer are left. */
const chunkEnd = prepared((tx: Tx) =>
  tx
    .select({ id: follows.followerId })
    .from(posts)
    .innerJoin(follows, ofItsAuthor)
    .where(and(thePost, beyond))
    .orderBy(asc(follows.followerId))
    .limit(1)
    .offset(sql.placeholder('skip'))
    .prepare(),
)

const whose = prepared((tx: Tx) =>
  tx.select({ authorId: posts.authorId, visibility: posts.visibility }).from(posts).where(thePost).prepare(),
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
        .where(and(thePost, not(isMerged), beyond, lte(follows.followerId, sql.placeholder('last')))),
    )
    .onConflictDoNothing()
    .prepare(),
)

/** Copies the post into its author's followers' inboxes, unless they are a crowd, and tells those who want to hear of it. */
export const deliver: Handler<'inbox.deliver'> = {
  async run({ write, traffic }: App, job: Job<'inbox.deliver'>, signal: AbortSignal) {
    const { postId } = job.payload
    let after: number | undefined = job.payload.after
    const pace = createPace(traffic)
    while (after !== undefined) {
      signal.throwIfAborted()
      const from: From = { postId, after }
      after = await pace((rows) => write((tx) => deliverChunk(tx, job, from, rows)))
    }
  },
}

type From = { postId: number; after: number }

/** One chunk and where to go on; nothing when it was the last. */
async function deliverChunk(tx: Tx, job: Job<'inbox.deliver'>, from: From, rows: number): Promise<number | undefined> {
  const [end] = await chunkEnd(tx).execute({ ...from, skip: rows - 1 })
  const chunk = { ...from, last: end?.id ?? Number.MAX_SAFE_INTEGER }
  await copyChunk(tx).execute(chunk)
  await announceChunk(tx, chunk)
  await tellChunk(tx, chunk)
  if (end) await advance(tx, job, { ...from, after: end.id })
  return end?.id
}

/** Of merged posts only those from before somebody followed are copied. */
export const isCopied = sql`not (${isMerged} and ${cameSince})`

/** Followers who have a page open; what not everybody may see is told to them only. */
async function tellChunk(tx: Tx, { postId, after, last }: { postId: number; after: number; last: number }) {
  const [post] = await whose(tx).execute({ postId })
  if (!post) return
  const kinds: EventKind[] = post.visibility === 'followers' ? ['inbox', 'notification', 'posts'] : ['inbox', 'notification']
  touchFollowers(tx, { followersOf: post.authorId, after, last }, kinds)
}

const pairOf = ({ followeeId, followerId }: { followeeId: number; followerId: number }) =>
  and(eq(follows.followeeId, followeeId), eq(follows.followerId, followerId))

/** Somebody new to follow brings their latest posts along; nobody who is followed no longer does. */
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
      // what is there already was not taken out yet when they followed again: it is from before, too
      const target = [inbox.userId, inbox.at, inbox.postId]
      await tx
        .insert(inbox)
        .select(latest)
        .onConflictDoUpdate({ target, set: { read: sql`max(${inbox.read}, excluded.read)` } })
      touch(tx, payload.followerId, 'inbox')
    }),
}

/** The rows of somebody followed no longer; of somebody followed again in the meantime they stay. */
export const withdraw: Handler<'inbox.withdraw'> = {
  async run({ write }, { payload: { followerId, followeeId } }, signal) {
    let gone = CHUNK
    while (gone === CHUNK) {
      signal.throwIfAborted()
      gone = await write((tx) => withdrawChunk(tx, followerId, followeeId))
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
  touch(tx, followerId, 'inbox')
  return rows.length
}

/** A deleted post out of its author's followers' inboxes; who follows no longer has had theirs withdrawn. */
export const retract: Handler<'inbox.retract'> = {
  async run({ write }, job, signal) {
    let after: number | undefined = job.payload.after
    while (after !== undefined) {
      signal.throwIfAborted()
      after = await write((tx) => retractChunk(tx, job, after!))
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
  touchFollowers(tx, { followersOf: authorId, after, last }, ['inbox', 'notification'])
  await tx.delete(inbox).where(and(inArray(inbox.userId, ids), eq(inbox.at, new Date(at)), eq(inbox.postId, postId)))
  if (followers.length < CHUNK) return undefined
  await advance(tx, job, { ...job.payload, after: last })
  return last
}
