import type { Tx } from '../db/open'
import { type AccountsOfOne, accountOf, balanceOf, type Leg } from './ledger'

/**
 * Incoming coins repay a debt first, so that nobody has both coins and a debt. Returns the legs to add to a transfer
 * that credits `most` coins to a member. `from` says which coins to use first.
 */
export function repayment({ account, debt }: AccountsOfOne, most: number, from: 'bought' | 'earned'): Leg[] {
  const repaid = debt ? Math.min(most, -debt.balance) : 0
  if (!debt || repaid === 0) return []
  return [
    { account, kind: 'reversal', coins: -repaid, from },
    { account: debt, kind: 'reversal', coins: repaid },
  ]
}

/** Returns the legs that take coins from a person, with the missing part as a debt, so that no balance is negative. */
export async function takingBack(tx: Tx, userId: number, coins: number, from: 'bought' | 'earned'): Promise<Leg[]> {
  const { balance } = await balanceOf(tx, 'member', userId)
  const taken = Math.min(balance, coins)
  const legs: Leg[] = [
    { account: await accountOf(tx, 'member', userId), kind: 'reversal', coins: -taken, from },
    { account: await accountOf(tx, 'debt', userId), kind: 'reversal', coins: taken - coins },
  ]
  return legs.filter(({ coins }) => coins !== 0)
}
