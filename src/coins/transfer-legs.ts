import { and, eq, inArray } from 'drizzle-orm'
import type { EntryKind } from '../../shapes/coins'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { users } from '../users/table'
import { repayment, takingBack } from './debt'
import { accountOf, accountsBetween, accountsOf, type Leg } from './ledger'
import { entries } from './table'

/** The fee for a sale or a tip, rounded down to whole coins in favour of the creator. */
export const feeOf = (coins: number, percent: number): number => Math.floor((coins * percent) / 100)

/** The leg of a transfer that the account of the community takes part with. */
export const communityLeg = async (tx: Tx, kind: EntryKind, coins: number): Promise<Leg> => ({
  account: await accountOf(tx, 'house'),
  kind,
  coins,
})

/** Coins that one person pays another one, who earns them minus the fee. They are two persons. */
type Paid = { kind: 'purchase' | 'gift' | 'look' | 'tip'; payerId: number; payeeId: number; coins: number; fee: number }

/** Returns the legs of a payment. What the payee earns repays a possible debt first. */
export async function paying(tx: Tx, { kind, payerId, payeeId, coins, fee }: Paid): Promise<Leg[]> {
  const { payer, payee } = await accountsBetween(tx, payerId, payeeId)
  const { account } = payee
  return [
    { account: payer, kind, coins: -coins },
    { account, kind: kind === 'tip' ? 'tip' : 'sale', coins, earned: coins },
    ...(fee > 0
      ? [{ account, kind: 'fee' as const, coins: -fee, from: 'earned' as const }, await communityLeg(tx, 'fee', fee)]
      : []),
    ...repayment(payee, coins - fee, 'earned'),
  ]
}

/**
 * Returns the legs that credit coins to a person, `earned` of them as earned, minus a possible debt. Coins for a
 * deleted account go to the community.
 */
export async function creditedTo(tx: Tx, userId: number, kind: EntryKind, coins: number, earned = 0): Promise<Leg[]> {
  const accounts = await accountsOf(tx, userId)
  const { account } = accounts
  const legs: Leg[] = [{ account, kind, coins, earned }, ...repayment(accounts, coins, 'bought')]
  const left = legs.reduce((sum, leg) => (leg.account === account ? sum + leg.coins : sum), 0)
  if (left === 0 || !(await isGone(tx, userId))) return legs
  return [...legs, { account, kind: 'forfeit', coins: -left, from: 'earned' }, await communityLeg(tx, 'forfeit', left)]
}

const isGone = async (db: Reader, id: number) => {
  const [user] = await db.select({ deletedAt: users.deletedAt }).from(users).where(eq(users.id, id))
  return !user || user.deletedAt !== null
}

/** A payment for a post: who paid it, in which transfer, and how many of its coins were the fee. */
type Payment = { paidBy: Id<'user'>; authorId: Id<'user'>; coins: number; fee: number; transferId: Id<'transfer'> }

/**
 * Returns the legs that give a payment back. Bought coins come back as bought and earned coins as earned. The community
 * returns its fee, and the author returns the rest; coins that the author has already spent become a debt.
 */
export async function refunding(tx: Tx, { paidBy, authorId, coins, fee, transferId }: Payment): Promise<Leg[]> {
  return [
    ...(await creditedTo(tx, paidBy, 'refund', coins, await earnedSpent(tx, transferId))),
    ...(await takingBack(tx, authorId, coins - fee, 'earned')),
    ...(fee > 0 ? [await communityLeg(tx, 'fee', -fee)] : []),
  ]
}

/** How many coins of the payment were earned rather than bought. */
async function earnedSpent(tx: Tx, transferId: Id<'transfer'>): Promise<number> {
  const [entry] = await tx
    .select({ earned: entries.earned })
    .from(entries)
    .where(and(eq(entries.transferId, transferId), inArray(entries.kind, ['purchase', 'gift', 'look'])))
    .limit(1)
  return -(entry?.earned ?? 0)
}
