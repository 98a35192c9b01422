import { and, eq, isNull } from 'drizzle-orm'
import { transfer } from '../coins/ledger'
import { refunding } from '../coins/transfer-legs'
import type { Id } from '../db/columns'
import type { Tx } from '../db/open'
import { touchPost } from '../db/tell'
import { notify } from '../notifications/model'
import { raiseEpoch } from '../users/model'
import { endRequest } from './requests/end'
import { type Purchase, purchases } from './table'

const CHUNK = 100

/** Refunds a chunk of a post's buyers. Returns true when there may be more. */
export async function refundSome(tx: Tx, postId: Id<'post'>, authorId: Id<'user'>, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(purchases)
    .where(and(eq(purchases.postId, postId), isNull(purchases.endedAt)))
    .limit(CHUNK)
  for (const purchase of rows) await refund(tx, purchase, authorId, now)
  return rows.length === CHUNK
}

/**
 * Refunds a purchase to the person who paid. The buyer's links end with this commit.
 */
export async function refund(tx: Tx, purchase: Purchase, authorId: Id<'user'>, at: Date): Promise<void> {
  const { id, buyerId, payerId, postId, price, fee, transferId } = purchase
  const paidBy = payerId ?? buyerId
  const legs = await refunding(tx, { paidBy, authorId, coins: price, fee, transferId })
  const refundId = await transfer(tx, { cause: `refund:${id}`, kind: 'refund', at, postId, legs })
  await tx.update(purchases).set({ endedAt: at, refundId }).where(eq(purchases.id, id))
  await endRequest(tx, id, at)
  await raiseEpoch(tx, buyerId, at)
  touchPost(tx, buyerId, postId)
  await notify(tx, { userId: paidBy, kind: 'refund', coins: price, at })
}
