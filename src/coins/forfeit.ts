import type { Reader, Tx } from '../db/open'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { accountOf, balanceOf, transfer } from './ledger'
import { houseLeg } from './legs'
import { withdrawAll } from './payouts/decide'
import { withdrawTopupsOf } from './topups/model'

/** What somebody would lose by leaving: what they may spend, and what they asked to be paid. */
export async function atStake(db: Reader, user: Pick<Person, 'id'>): Promise<number> {
  const { balance } = await balanceOf(db, 'member', user.id)
  return balance + (await balanceOf(db, 'reserved', user.id)).balance
}

/**
 * Somebody leaves: payouts and top-ups that are not decided are withdrawn, and all their coins are the house's, in the transaction that
 * deletes the account. Without `agreed` it is refused as long as there are any. A debt stays: what is missing, is missing.
 */
export async function forfeit(tx: Tx, user: Pick<Person, 'id'>, agreed: boolean, now: Date): Promise<void> {
  await withdrawTopupsOf(tx, user, now)
  const coins = await atStake(tx, user)
  if (coins === 0) return
  if (!agreed)
    throw new Problem(
      'conflict',
      'You still have {coins} coins. They are lost with your account: say that you give them up, or spend them first.',
      { code: 'balance_left', balance: coins },
      { coins },
    )
  await withdrawAll(tx, user, now)
  const { balance } = await balanceOf(tx, 'member', user.id)
  if (balance === 0) return // all of it went into a debt
  const legs = [
    { account: await accountOf(tx, 'member', user.id), kind: 'forfeit' as const, coins: -balance },
    await houseLeg(tx, 'forfeit', balance),
  ]
  await transfer(tx, { cause: `forfeit:${user.id}`, kind: 'forfeit', at: now, legs })
}
