import { and, eq, isNull } from 'drizzle-orm'
import { takingBack } from '../coins/debt'
import { accountOf, type Leg, transfer } from '../coins/ledger'
import { entries } from '../coins/table'
import type { Tx } from '../db/open'
import { notify } from '../notifications/model'
import { raiseEpoch } from '../users/model'
import { type Purchase, purchases } from './table'

const CHUNK = 100

/** Gives some of the buyers of a post their coins back; true when there may be more. */
export async function refundSome(tx: Tx, postId: number, authorId: number, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(purchases)
    .where(and(eq(purchases.postId, postId), isNull(purchases.endedAt)))
    .limit(CHUNK)
  for (const purchase of rows) await refund(tx, purchase, authorId, now)
  return rows.length === CHUNK
}

/**
 * The coins back to the buyer, as bought or earned as they were when spent. What the author has spent of them becomes a debt of theirs:
 * nobody else pays for it, and no balance is below zero. The buyer's links end with it.
 */
export async function refund(tx: Tx, { id, buyerId, postId, price, transferId }: Purchase, authorId: number, at: Date) {
  const legs: Leg[] = [
    { account: await accountOf(tx, 'member', buyerId), kind: 'refund', coins: price, earned: await earnedSpent(tx, transferId) },
    ...(await takingBack(tx, authorId, price, 'earned')),
  ]
  const refundId = await transfer(tx, { cause: `refund:${id}`, kind: 'refund', at, postId, legs })
  await tx.update(purchases).set({ endedAt: at, refundId }).where(eq(purchases.id, id))
  await raiseEpoch(tx, buyerId, at)
  await notify(tx, { userId: buyerId, kind: 'refund', coins: price, at })
}

/** How many of the coins of a purchase had been earned by the buyer. */
async function earnedSpent(tx: Tx, transferId: number): Promise<number> {
  const [entry] = await tx
    .select({ earned: entries.earned })
    .from(entries)
    .where(and(eq(entries.transferId, transferId), eq(entries.kind, 'purchase')))
    .limit(1)
  return -(entry?.earned ?? 0)
}
