import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { takingBack } from '../debt'
import { accountOf, type Leg, transfer } from '../ledger'
import { creditedTo } from '../transfer-legs'
import { type Checkout, checkoutReversals, checkouts, paymentClaims } from './table'

/**
 * Computes how many coins to take back for a refunded amount, rounded down in favour of the buyer. `claimed` is the
 * total so far, so that many small refunds take as many coins as one large refund. A full refund takes all coins.
 */
export const coinsFor = ({ coins, amount }: Pick<Checkout, 'coins' | 'amount'>, claimed: number): number =>
  Math.floor((coins * Math.min(claimed, amount)) / amount)

/**
 * Takes coins back or returns them, according to the current claims; nothing happens when there is no difference.
 * Coins that the person has already spent become a debt.
 */
export async function reverse(tx: Tx, checkoutId: number, now: Date): Promise<void> {
  const [checkout] = await tx.select().from(checkouts).where(eq(checkouts.id, checkoutId)).limit(1)
  if (!checkout?.transferId || checkout.paymentId === null) return
  const claimed = await claimedOf(tx, checkout.paymentId, checkout)
  const coins = coinsFor(checkout, claimed) - checkout.taken
  if (coins !== 0) await move(tx, checkout, coins, now)
  if (claimed !== checkout.claimed || coins !== 0)
    await tx
      .update(checkouts)
      .set({ claimed, taken: checkout.taken + coins })
      .where(eq(checkouts.id, checkoutId))
}

/** Sums up the claims, at most to the amount, so that a refund and a dispute of the same money do not count twice. */
async function claimedOf(tx: Tx, paymentId: string, { amount, currency }: Checkout): Promise<number> {
  const gone = and(
    eq(paymentClaims.paymentId, paymentId),
    eq(paymentClaims.currency, currency),
    eq(paymentClaims.held, true),
  )
  const [row] = await tx
    .select({ sum: sql<number>`coalesce(sum(${paymentClaims.amount}), 0)` })
    .from(paymentClaims)
    .where(gone)
  return Math.min(row?.sum ?? 0, amount)
}

/** Takes back a positive number of coins; returns a negative one. */
async function move(tx: Tx, { id, userId }: Checkout, coins: number, at: Date) {
  const takenBack: Leg = { account: await accountOf(tx, 'taken_back'), kind: 'reversal', coins }
  const legs =
    coins > 0
      ? [...(await takingBack(tx, userId, coins, 'bought')), takenBack]
      : [takenBack, ...(await creditedTo(tx, userId, 'reversal', -coins))]
  const times = await tx.$count(checkoutReversals, eq(checkoutReversals.checkoutId, id))
  const transferId = await transfer(tx, { cause: `checkout:${id}:reversal:${times + 1}`, kind: 'reversal', at, legs })
  await tx.insert(checkoutReversals).values({ checkoutId: id, coins, transferId, at })
}
