import { and, type Column, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { KINDS } from '../../shapes/notifications'
import { tips } from '../coins/table'
import type { Store, Tx } from '../db/open'
import { touch } from '../db/tell'
import { purchases } from '../library/table'
import { isGathered } from './kinds'
import type { News } from './notify'
import { causes, notifications } from './table'

type Undone = Pick<News, 'userId' | 'kind' | 'postId'> & { actorId: number }

/**
 * Removes an undone event (a like, a follow) from its notification, and deletes the notification when nobody is left in
 * it.
 */
export const takeBack = (tx: Tx, { userId, kind, actorId, postId = null }: Undone): Promise<unknown> =>
  takeOut(
    tx,
    and(
      eq(causes.actorId, actorId),
      inArray(
        causes.notificationId,
        rowsOf(tx, and(eq(notifications.userId, userId), eq(notifications.kind, kind), samePost(postId))),
      ),
    ),
  )

const samePost = (postId: number | null) => sql`${notifications.postId} is not distinct from ${postId}`
const rowsOf = (tx: Tx, which: SQL | undefined) => tx.select({ id: notifications.id }).from(notifications).where(which)

/** Removes a deleted comment from all notifications. */
export async function takeBackComment(tx: Tx, commentId: number): Promise<void> {
  await takeOut(tx, and(eq(causes.commentId, commentId), sql`${causes.commentId} <> 0`)) // as its index says
  await dropAlone(tx, and(eq(notifications.commentId, commentId), isNotNull(notifications.commentId)))
}

/** Removes everything that `actorId` did from the notifications of `userId`, after one blocked the other. */
export async function takeBackAll(tx: Tx, { userId, actorId }: { userId: number; actorId: number }): Promise<void> {
  await takeOut(
    tx,
    and(eq(causes.actorId, actorId), inArray(causes.notificationId, rowsOf(tx, eq(notifications.userId, userId)))),
  )
  await dropAlone(tx, and(eq(notifications.userId, userId), eq(notifications.actorId, actorId)))
}

const isAlone = inArray(
  notifications.kind,
  KINDS.filter((kind) => !isGathered(kind)),
)

const dropAlone = async (tx: Tx, which: SQL | undefined) =>
  touchRecipients(
    tx,
    await tx.delete(notifications).where(and(which, isAlone)).returning({ userId: notifications.userId }),
  )

/** How many notifications are looked through at once for those of a deleted account. */
const SPAN = 5000
const CHUNK = 100

/**
 * Removes the actions of a deleted account from the notifications of others. All notifications are looked through, since
 * an index of the people in them would have to be written with every like and every purchase, and few accounts are
 * deleted.
 */
export async function eraseActsOf(
  { db, write }: Pick<Store, 'db' | 'write'>,
  user: { id: number },
  signal: AbortSignal,
) {
  const [row] = await db.select({ last: sql`max(${causes.notificationId})`.mapWith(Number) }).from(causes)
  for (let after = 0; after < (row?.last ?? 0); after += SPAN) {
    const rows = await db
      .selectDistinct({ id: causes.notificationId })
      .from(causes)
      .where(
        and(gt(causes.notificationId, after), lte(causes.notificationId, after + SPAN), eq(causes.actorId, user.id)),
      )
    for (let i = 0; i < rows.length; i += CHUNK) {
      const some = rows.slice(i, i + CHUNK).map(({ id }) => id)
      await write((tx) => takeOut(tx, and(inArray(causes.notificationId, some), eq(causes.actorId, user.id))))
    }
    signal.throwIfAborted()
  }
}

/** Removes actions from their notifications. */
async function takeOut(tx: Tx, which: SQL | undefined): Promise<void> {
  const gone = await tx.delete(causes).where(which).returning({ id: causes.notificationId, actorId: causes.actorId })
  const rows = Map.groupBy(gone, ({ id }) => id)
  for (const [id, acts] of rows) await lookBack(tx, id, new Set(acts.map(({ actorId }) => actorId)))
}

/** Shows the newest of the remaining events, and subtracts the people who no longer take part in the notification. */
async function lookBack(tx: Tx, id: number, actors: Set<number>) {
  const of = eq(causes.notificationId, id)
  const [newest] = await tx
    .select()
    .from(causes)
    .where(of)
    .orderBy(desc(causes.at), desc(causes.commentId), desc(causes.actorId))
    .limit(1)
  if (!newest)
    return touchRecipients(
      tx,
      await tx.delete(notifications).where(eq(notifications.id, id)).returning({ userId: notifications.userId }),
    )
  const still = await tx
    .selectDistinct({ id: causes.actorId })
    .from(causes)
    .where(and(of, inArray(causes.actorId, [...actors])))
  const { at, actorId, commentId } = newest
  const count = sql`${notifications.count} - ${actors.size - still.length}`
  const coins = await coinsOf(tx, id)
  const change = { at, actorId, commentId: commentId || null, count, ...(coins !== undefined && { coins }) }
  touchRecipients(
    tx,
    await tx
      .update(notifications)
      .set(change)
      .where(eq(notifications.id, id))
      .returning({ userId: notifications.userId }),
  )
}

/** The coins of the people who are left in a notification of sales or tips. Other kinds gather no coins. */
async function coinsOf(tx: Tx, id: number): Promise<number | undefined> {
  const [notice] = await tx.select().from(notifications).where(eq(notifications.id, id)).limit(1)
  if (!notice?.postId || (notice.kind !== 'purchase' && notice.kind !== 'tip')) return undefined
  const actors = tx.select({ id: causes.actorId }).from(causes).where(eq(causes.notificationId, id))
  const since = notice.begunAt ?? notice.at
  const sold = and(eq(purchases.postId, notice.postId), isNull(purchases.payerId), inArray(purchases.buyerId, actors))
  const tipped = and(eq(tips.toId, notice.userId), eq(tips.postId, notice.postId), inArray(tips.fromId, actors))
  const [row] =
    notice.kind === 'purchase'
      ? await tx
          .select({ coins: sumOf(purchases.price) })
          .from(purchases)
          .where(and(sold, gte(purchases.at, since)))
      : await tx
          .select({ coins: sumOf(tips.coins) })
          .from(tips)
          .where(and(tipped, gte(tips.at, since)))
  return row?.coins
}

const sumOf = (column: Column) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)

function touchRecipients(tx: Tx, rows: { userId: number }[]) {
  for (const { userId } of rows) touch(tx, userId, 'notification')
}
