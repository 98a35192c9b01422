import { and, asc, eq, gt, inArray, isNull, lte, notExists, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Kind } from '../../shapes/notifications'
import type { Id } from '../db/columns'
import { greater, isTrue, newId } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { type Chunk, ofItsAuthor, thePost } from '../follows/follower-batches'
import { follows } from '../follows/table'
import { enqueueOnce } from '../jobs/queue'
import { jobs } from '../jobs/table'
import { wantsSql } from '../notifications/choices'
import { posts } from '../posts/table'
import { isSubscriptionOpen } from './model'
import { type PushSubject, pushes, pushOrigins, pushSubscriptions } from './table'

/** A burst of events on the same post becomes one push, at most this often. */
const GATHER_MS = 60_000

const nothing = (name: string) => sql<null>`null`.as(name)
const waiting = isNull(pushes.doneAt)

/**
 * Queues one push of the post per device of those followers of a chunk who want it, in the transaction that delivers
 * the post to them. Queueing twice changes nothing, since the pair of device and post is unique.
 */
export async function queuePost(tx: Tx, chunk: Chunk): Promise<void> {
  await insertChunk(tx).execute(chunk)
  await wake(tx)
}

const insertChunk = prepared((tx: Tx) =>
  tx
    .insert(pushes)
    .select(
      tx
        .select({
          id: newId(pushes).as('id'),
          subscriptionId: sql<number>`${pushSubscriptions.id}`.as('subscription_id'),
          originId: pushSubscriptions.originId,
          kind: sql<'post'>`'post'`.as('kind'),
          postId: sql<number>`${posts.id}`.as('post_id'),
          noticeId: nothing('notice_id'),
          news: nothing('news'),
          createdAt: sql<Date>`${posts.publishedAt}`.as('created_at'),
          dueAt: sql<Date>`${posts.publishedAt}`.as('due_at'),
          attempts: sql<number>`0`.as('attempts'),
          doneAt: nothing('done_at'),
          outcome: nothing('outcome'),
          status: nothing('status'),
          detail: nothing('detail'),
        })
        .from(posts)
        .innerJoin(follows, ofItsAuthor)
        .innerJoin(pushSubscriptions, eq(pushSubscriptions.userId, follows.followerId))
        .where(
          and(
            thePost,
            isTrue(follows.notify),
            wantsSql(follows.followerId, 'post', 'push'),
            gt(follows.followerId, sql.placeholder('after')),
            lte(follows.followerId, sql.placeholder('last')),
          ),
        ),
    )
    .onConflictDoNothing()
    .prepare(),
)

/** The content and the recipient of a notification. */
type NotifiedEvent = PushSubject & { userId: number; kind: Kind; at: Date }

const devicesOf = prepared((tx: Tx) =>
  tx
    .select({ id: pushSubscriptions.id, originId: pushSubscriptions.originId })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, sql.placeholder('userId')))
    .prepare(),
)

/** An SQL condition: the person has a device that receives pushes. */
export const hasDevices = (userId: Placeholder): SQL =>
  sql`exists (select 1 from ${pushSubscriptions} where ${pushSubscriptions.userId} = ${userId})`

/**
 * Queues one push per device of the recipient. When a burst grows, a push that still waits covers all its events, and
 * one that was sent is sent again after a while and replaces it. When there is no notification row, because the
 * recipient turned page notifications off, the push stores its own content.
 */
export async function queueNotice(tx: Tx, event: NotifiedEvent, noticeId: number | false): Promise<void> {
  const { userId, kind, at, actorId, postId, commentId, coins, note } = event
  const devices = await devicesOf(tx).execute({ userId })
  if (!devices.length) return
  const about = noticeId ? { noticeId } : { news: { actorId, postId, commentId, coins, note } }
  const again = {
    dueAt: sql`case
      when ${pushes.doneAt} is null then ${pushes.dueAt}
      else ${greater(sql`excluded.due_at`, sql`${pushes.doneAt} + ${GATHER_MS}`)}
    end`,
    createdAt: sql`excluded.created_at`,
    attempts: sql`case when ${pushes.doneAt} is null then ${pushes.attempts} else 0 end`,
    doneAt: null,
    outcome: null,
    status: null,
    detail: null,
  }
  await tx
    .insert(pushes)
    .values(
      devices.map(({ id, originId }) => ({ subscriptionId: id, originId, kind, ...about, createdAt: at, dueAt: at })),
    )
    .onConflictDoUpdate({
      target: [pushes.subscriptionId, pushes.noticeId],
      targetWhere: sql`notice_id is not null`,
      set: again,
    })
  await wake(tx)
}

/**
 * Queues a test push to each of a person's devices, or to one of them. A device with a waiting test gets no second one.
 */
export async function queueTest(
  tx: Tx,
  userId: Id<'user'>,
  subscriptionId: Id<'pushSubscription'> | undefined,
  now: Date,
): Promise<void> {
  const testing = tx
    .select({ one: sql`1` })
    .from(pushes)
    .where(and(eq(pushes.subscriptionId, pushSubscriptions.id), eq(pushes.kind, 'test'), waiting))
  const which = and(eq(pushSubscriptions.userId, userId), isSubscriptionOpen(now), notExists(testing))
  const devices = await tx
    .select()
    .from(pushSubscriptions)
    .where(and(which, subscriptionId ? eq(pushSubscriptions.id, subscriptionId) : undefined))
  if (!devices.length) return
  const test = { kind: 'test' as const, createdAt: now, dueAt: now }
  await tx.insert(pushes).values(devices.map(({ id, originId }) => ({ subscriptionId: id, originId, ...test })))
  await wake(tx)
}

const firstDue = sql<number | null>`(
  select min(waiting.due_at) from ${pushes} as waiting
  where waiting.origin_id = push_origins.id and waiting.done_at is null
)`

/**
 * Finds services with waiting pushes that no running or timely job will send. There are few services, and their rows
 * are indexed.
 */
const unserved = prepared((tx: Tx) =>
  tx
    .select({ id: pushOrigins.id, dueAt: firstDue.mapWith(pushes.dueAt) })
    .from(pushOrigins)
    .where(
      and(
        sql`${firstDue} is not null`,
        notExists(
          tx
            .select({ one: sql`1` })
            .from(jobs)
            .where(
              and(
                sql`${jobs.key} = 'push.send ' || ${pushOrigins.id}`,
                or(isTrue(jobs.leased), sql`${jobs.dueAt} <= ${firstDue}`),
              ),
            ),
        ),
      ),
    )
    .prepare(),
)

/** Makes sure, within the same transaction, that a job sends what waits. */
async function wake(tx: Tx): Promise<void> {
  for (const { id, dueAt } of await unserved(tx).execute())
    await enqueueOnce(tx, 'push.send', `push.send ${id}`, { originId: id }, dueAt ?? new Date(0))
}

/** Returns when the next push of a service is due. */
export async function nextDueOf(db: Reader, originId: number): Promise<Date | undefined> {
  const [next] = await db
    .select({ dueAt: pushes.dueAt })
    .from(pushes)
    .where(and(eq(pushes.originId, originId), waiting))
    .orderBy(asc(pushes.dueAt))
    .limit(1)
  return next?.dueAt
}

const KEPT_MS = 3 * 24 * 3600_000
const CHUNK = 500

/** Deletes a batch of pushes that were completed at least three days ago; returns true when there may be more. */
export async function forgetPushes(tx: Tx, now: Date): Promise<boolean> {
  const old = lte(pushes.doneAt, new Date(+now - KEPT_MS))
  return (await deleteSome(tx, pushes, old, { key: pushes.id, most: CHUNK })).length === CHUNK
}

/** Makes pushes and services due now that were postponed until after `latest` while the clock was ahead. */
export async function correctPushTimes(tx: Tx, latest: Date, now: Date): Promise<number> {
  const origins = tx.select({ id: pushOrigins.id }).from(pushOrigins)
  const due = await tx
    .update(pushes)
    .set({ dueAt: now })
    .where(and(inArray(pushes.originId, origins), waiting, gt(pushes.dueAt, latest)))
    .returning({ id: pushes.id })
  await tx.update(pushOrigins).set({ resumeAt: null }).where(gt(pushOrigins.resumeAt, latest))
  return due.length
}
