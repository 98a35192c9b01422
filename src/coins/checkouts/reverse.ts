import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { takingBack } from '../debt'
import { accountOf, type Leg, transfer } from '../ledger'
import { comingTo } from '../legs'
import { type Checkout, checkoutReversals, checkouts, paymentClaims } from './table'

/**
 * How many of the coins go back when so much of the amount does: rounded down, for the good of who bought them. It is reckoned from all
 * that went back so far, so that many small refunds take as many coins as one large; all of the amount takes all of the coins.
 */
export const coinsFor = ({ coins, amount }: Pick<Checkout, 'coins' | 'amount'>, claimed: number): number =>
  Math.floor((coins * Math.min(claimed, amount)) / amount)

/**
 * Takes back, or gives again, what the claims of this moment ask for; without a difference it does nothing. What somebody has spent by
 * then becomes a debt of theirs.
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

/** Of the amount; a refund and a dispute of the same money do not count twice. */
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

/** `coins` above zero are taken back, below zero given again. */
async function move(tx: Tx, { id, userId }: Checkout, coins: number, at: Date) {
  const takenBack: Leg = { account: await accountOf(tx, 'taken_back'), kind: 'reversal', coins }
  const legs =
    coins > 0
      ? [...(await takingBack(tx, userId, coins, 'bought')), takenBack]
      : [takenBack, ...(await comingTo(tx, userId, 'reversal', -coins))]
  const times = await tx.$count(checkoutReversals, eq(checkoutReversals.checkoutId, id))
  const transferId = await transfer(tx, { cause: `checkout:${id}:reversal:${times + 1}`, kind: 'reversal', at, legs })
  await tx.insert(checkoutReversals).values({ checkoutId: id, coins, transferId, at })
}
