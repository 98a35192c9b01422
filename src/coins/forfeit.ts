import type { Reader, Tx } from '../db/open'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { accountOf, balanceOf, transfer } from './ledger'
import { withdrawPayoutsOf } from './payouts/decide'
import { withdrawTopupsOf } from './topups/model'
import { communityLeg } from './transfer-legs'

/** Returns the coins that a person would lose by leaving: their balance, and the coins of undecided payouts. */
export async function atStake(db: Reader, user: Pick<Person, 'id'>): Promise<number> {
  const { balance } = await balanceOf(db, 'member', user.id)
  return balance + (await balanceOf(db, 'reserved', user.id)).balance
}

const balanceLeft = (coins: number) =>
  new Problem(
    'conflict',
    'You would lose {coins} coins with your account. Spend them first, or confirm that you give them up.',
    { code: 'balance_left', balance: coins },
    { coins },
  )

/** Throws if the person would lose coins by leaving. */
export async function refuseStake(db: Reader, user: Pick<Person, 'id'>): Promise<void> {
  const coins = await atStake(db, user)
  if (coins > 0) throw balanceLeft(coins)
}

/**
 * Withdraws the undecided payouts and top-ups of a person who leaves, and moves all their coins to the community, in
 * the transaction that deletes the account. Without `agreed`, it throws when there are any coins. Debts are not
 * written off.
 */
export async function forfeit(tx: Tx, user: Pick<Person, 'id'>, agreed: boolean, now: Date): Promise<void> {
  await withdrawTopupsOf(tx, user, now)
  const coins = await atStake(tx, user)
  if (coins === 0) return
  if (!agreed) throw balanceLeft(coins)
  await withdrawPayoutsOf(tx, user, now)
  const { balance } = await balanceOf(tx, 'member', user.id)
  if (balance === 0) return // the withdrawn coins repaid a debt
  const legs = [
    { account: await accountOf(tx, 'member', user.id), kind: 'forfeit' as const, coins: -balance },
    await communityLeg(tx, 'forfeit', balance),
  ]
  await transfer(tx, { cause: `forfeit:${user.id}`, kind: 'forfeit', at: now, legs })
}
