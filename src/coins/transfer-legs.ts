import { eq } from 'drizzle-orm'
import type { EntryKind } from '../../shapes/coins'
import type { Reader, Tx } from '../db/open'
import { users } from '../users/table'
import { repayment } from './debt'
import { accountOf, type Leg } from './ledger'

/** The fee for a sale or a tip, rounded down to whole coins in favour of the creator. */
export const feeOf = (coins: number, percent: number): number => Math.floor((coins * percent) / 100)

/** The leg of a transfer that the account of the community takes part with. */
export const communityLeg = async (tx: Tx, kind: EntryKind, coins: number): Promise<Leg> => ({
  account: await accountOf(tx, 'house'),
  kind,
  coins,
})

/** Returns the legs that credit earnings to a person, minus the fee and a possible debt. */
export async function earnedBy(
  tx: Tx,
  userId: number,
  kind: 'sale' | 'tip',
  coins: number,
  fee: number,
): Promise<Leg[]> {
  const account = await accountOf(tx, 'member', userId)
  return [
    { account, kind, coins, earned: coins },
    ...(fee > 0
      ? [{ account, kind: 'fee' as const, coins: -fee, from: 'earned' as const }, await communityLeg(tx, 'fee', fee)]
      : []),
    ...(await repayment(tx, userId, account, coins - fee, 'earned')),
  ]
}

/**
 * Returns the legs that credit coins to a person, `earned` of them as earned, minus a possible debt. Coins for a
 * deleted account go to the community.
 */
export async function creditedTo(tx: Tx, userId: number, kind: EntryKind, coins: number, earned = 0): Promise<Leg[]> {
  const account = await accountOf(tx, 'member', userId)
  const repaid = await repayment(tx, userId, account, coins, 'bought')
  const legs: Leg[] = [{ account, kind, coins, earned }, ...repaid]
  const left = legs.reduce((sum, leg) => (leg.account === account ? sum + leg.coins : sum), 0)
  if (left === 0 || !(await isGone(tx, userId))) return legs
  return [...legs, { account, kind: 'forfeit', coins: -left, from: 'earned' }, await communityLeg(tx, 'forfeit', left)]
}

const isGone = async (db: Reader, id: number) => {
  const [user] = await db.select({ deletedAt: users.deletedAt }).from(users).where(eq(users.id, id))
  return !user || user.deletedAt !== null
}
