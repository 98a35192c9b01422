import type { Tx } from '../db/open'
import { accountOf, balanceOf, type Leg } from './ledger'

/**
 * Who owes coins pays with the next ones first, so that nobody both has coins and owes some: the legs to add where `most` coins come to
 * `account`, a member's. `from` says which of them go first.
 */
export async function repayment(
  tx: Tx,
  userId: number,
  account: number,
  most: number,
  from: 'bought' | 'earned',
): Promise<Leg[]> {
  const { balance } = await balanceOf(tx, 'debt', userId)
  const repaid = Math.min(most, -balance)
  if (repaid === 0) return []
  return [
    { account, kind: 'reversal', coins: -repaid, from },
    { account: await accountOf(tx, 'debt', userId), kind: 'reversal', coins: repaid },
  ]
}

/** The legs that take coins from somebody: what they have of them, and the rest as a debt. No balance is ever below zero. */
export async function takingBack(tx: Tx, userId: number, coins: number, from: 'bought' | 'earned'): Promise<Leg[]> {
  const { balance } = await balanceOf(tx, 'member', userId)
  const taken = Math.min(balance, coins)
  const legs: Leg[] = [
    { account: await accountOf(tx, 'member', userId), kind: 'reversal', coins: -taken, from },
    { account: await accountOf(tx, 'debt', userId), kind: 'reversal', coins: taken - coins },
  ]
  return legs.filter(({ coins }) => coins !== 0)
}
