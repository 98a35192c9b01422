import { and, asc, eq, isNotNull, isNull, like, lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { HOOK_EVENTS, type HookEvent } from '../../shapes/hooks'
import type { Kind } from '../../shapes/notifications'
import type { Id } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { enqueue, enqueueOnce } from '../jobs/queue'
import { authorOf, offeredTo } from '../posts/feed'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { type HookDelivery, hookDeliveries, hooks } from './table'

const patternOf = (type: HookEvent) => `%"${type}"%`
const hears = and(isNull(hooks.disabledAt), like(hooks.events, sql.placeholder('pattern')))

/** An SQL condition: the person has a hook, whatever it wants to hear of. */
export const hasHooks = (userId: Placeholder): SQL =>
  sql`exists (select 1 from ${hooks} where ${hooks.userId} = ${userId})`

type Happened = Pick<HookDelivery, 'actorId' | 'postId' | 'commentId' | 'coins' | 'at'>

/** Queues what happened to a person for those of their hooks that want to hear of it. Most people have none. */
export async function tellHooks(tx: Tx, happened: Happened & { userId: Id<'user'>; kind: Kind }): Promise<void> {
  const type = HOOK_EVENTS.find((each) => each === happened.kind)
  if (!type || type === 'post') return
  for (const { id } of await hooksOf(tx).execute({ userId: happened.userId, pattern: patternOf(type) }))
    await queueDelivery(tx, id, type, happened)
}

const hooksOf = prepared((tx: Tx) =>
  tx
    .select({ id: hooks.id })
    .from(hooks)
    .where(and(eq(hooks.userId, sql.placeholder('userId')), hears))
    .prepare(),
)

async function queueDelivery(
  tx: Tx,
  hookId: Id<'hook'>,
  type: HookEvent,
  { actorId, postId, commentId, coins, at }: Happened,
) {
  await tx.insert(hookDeliveries).values({ hookId, type, actorId, postId, commentId, coins, at, dueAt: at })
  await wakeHook(tx, hookId, at)
}

/** Makes sure, in the same transaction, that a job sends what waits. */
export const wakeHook = (tx: Tx, hookId: Id<'hook'>, at: Date) =>
  enqueueOnce(tx, 'hooks.send', `hooks.send ${hookId}`, { hookId }, at)

/** Adds the job that tells hooks of a new post, if any hook wants to hear of posts. */
export async function announceToHooks(tx: Tx, postId: Id<'post'>, now: Date): Promise<void> {
  const [one] = await anyHook(tx).execute({ pattern: patternOf('post') })
  if (one) await enqueue(tx, 'hooks.spread', { postId }, now)
}

const anyHook = prepared((tx: Tx) => tx.select({ id: hooks.id }).from(hooks).where(hears).limit(1).prepare())

/** Queues a new post for every hook whose owner is offered the post. */
export async function spreadPost(tx: Tx, postId: Id<'post'>): Promise<void> {
  const rows = await audience(tx).execute({ postId, pattern: patternOf('post') })
  for (const { id, authorId, at } of rows)
    await queueDelivery(tx, id, 'post', { actorId: authorId, postId, commentId: null, coins: null, at: at! })
}

const audience = prepared((tx: Tx) =>
  tx
    .select({ id: hooks.id, authorId: posts.authorId, at: posts.publishedAt })
    .from(posts)
    .innerJoin(users, authorOf)
    .innerJoin(hooks, offeredTo({ id: hooks.userId }) ?? sql`false`)
    .where(and(eq(posts.id, sql.placeholder('postId')), hears, isNotNull(posts.publishedAt)))
    .prepare(),
)

const waiting = (hookId: Id<'hook'>) => and(eq(hookDeliveries.hookId, hookId), isNull(hookDeliveries.doneAt))

/** The next message that is due, oldest first. */
export async function nextDelivery(db: Reader, hookId: Id<'hook'>, now: Date): Promise<HookDelivery | undefined> {
  const [next] = await db
    .select()
    .from(hookDeliveries)
    .where(and(waiting(hookId), lte(hookDeliveries.dueAt, now)))
    .orderBy(asc(hookDeliveries.dueAt), asc(hookDeliveries.id))
    .limit(1)
  return next
}

/** When the next message of a hook is due. */
export async function nextDueOfHook(db: Reader, hookId: Id<'hook'>): Promise<Date | undefined> {
  const [next] = await db
    .select({ dueAt: hookDeliveries.dueAt })
    .from(hookDeliveries)
    .where(waiting(hookId))
    .orderBy(asc(hookDeliveries.dueAt), asc(hookDeliveries.id))
    .limit(1)
  return next?.dueAt
}

const KEPT_MS = 7 * 24 * 3600_000
const CHUNK = 500

/** Deletes a batch of messages that ended a week ago; returns true when there may be more. */
export async function forgetDeliveries(tx: Tx, now: Date): Promise<boolean> {
  const old = lte(hookDeliveries.doneAt, new Date(+now - KEPT_MS))
  return (await deleteSome(tx, hookDeliveries, old, { key: hookDeliveries.id, most: CHUNK })).length === CHUNK
}
