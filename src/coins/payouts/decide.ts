import { and, asc, eq } from 'drizzle-orm'
import { record } from '../../actions/record'
import type { Tx } from '../../db/open'
import { notify } from '../../notifications/model'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { repayment } from '../debt'
import { accountOf, accountsOf, balanceOf, type Leg, transfer } from '../ledger'
import { type Payout, payouts } from '../table'
import { findOwnPayout, findPayout, inDebt } from './model'

export type PayoutDecision = { status: 'paid' | 'refused'; note?: string | undefined }

/**
 * Records that the staff paid or refused a payout. If two administrators decide at the same time, the first decision
 * counts and the second is refused. The same decision sent again by the same person changes nothing.
 */
export async function decidePayout(
  tx: Tx,
  staff: Pick<Person, 'id'>,
  id: number,
  { status, note }: PayoutDecision,
  now: Date,
): Promise<void> {
  const { payout } = await findPayout(tx, id)
  if (payout.status === status && payout.decidedBy === staff.id) return
  if (payout.status !== 'asked') throw alreadyDecided(payout.status)
  const { balance: debt } = await balanceOf(tx, 'debt', payout.userId)
  if (status === 'paid' && debt < 0) throw inDebt(-debt)
  await end(tx, payout, { status, note, decidedBy: staff.id }, now)
  const kind = status === 'paid' ? 'payout_paid' : 'payout_refused'
  const detail = { payoutId: id, coins: payout.coins }
  await record(tx, { kind, by: staff, on: { id: payout.userId }, reason: note, detail }, now)
  await notify(tx, {
    userId: payout.userId,
    kind: 'payout',
    at: now,
    ...(status === 'paid' && { coins: payout.coins }),
    ...(note && { note }),
  })
}

/** Withdraws a payout of mine. Withdrawing twice changes nothing. */
export async function withdrawPayout(tx: Tx, me: Pick<Person, 'id'>, id: number, now: Date): Promise<void> {
  const payout = await findOwnPayout(tx, me, id)
  if (payout.status === 'withdrawn') return
  if (payout.status !== 'asked') throw alreadyDecided(payout.status)
  await end(tx, payout, { status: 'withdrawn' }, now)
}

/** Withdraws all undecided payouts of a person who leaves. */
export async function withdrawPayoutsOf(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<void> {
  const open = and(eq(payouts.userId, user.id), eq(payouts.status, 'asked'))
  for (const payout of await tx.select().from(payouts).where(open).orderBy(asc(payouts.id)))
    await end(tx, payout, { status: 'withdrawn' }, now)
}

const paidOut = async (tx: Tx, coins: number): Promise<Leg> => ({
  account: await accountOf(tx, 'paid_out'),
  kind: 'payout',
  coins,
})

async function returned(tx: Tx, userId: number, coins: number): Promise<Leg[]> {
  const accounts = await accountsOf(tx, userId)
  return [{ account: accounts.account, kind: 'payout', coins, earned: coins }, ...repayment(accounts, coins, 'earned')]
}

type Ending = { status: 'paid' | 'refused' | 'withdrawn'; note?: string | undefined; decidedBy?: number }

/** Pays the coins out, or returns them to the person, where they first repay a debt. */
async function end(tx: Tx, { id, userId, coins }: Payout, { status, note, decidedBy }: Ending, at: Date) {
  const to = status === 'paid' ? [await paidOut(tx, coins)] : await returned(tx, userId, coins)
  const legs: Leg[] = [{ account: await accountOf(tx, 'reserved', userId), kind: 'payout', coins: -coins }, ...to]
  const decisionId = await transfer(tx, { cause: `payout:${id}:${status}`, kind: 'payout', at, note, legs })
  const ended = await tx
    .update(payouts)
    .set({ status, decidedAt: at, decidedBy: decidedBy ?? null, decisionId, note: note ?? null, account: null })
    .where(and(eq(payouts.id, id), eq(payouts.status, 'asked')))
    .returning({ id: payouts.id })
  if (!ended.length) throw new Error('A payout was changed during a transaction.')
}

const alreadyDecided = (status: string) =>
  new Problem('conflict', 'This payout has already been decided. Reload the page to see how.', {
    code: 'already_decided',
    decision: status,
  })

/** Erases the bank accounts of a person who left. Their open payouts were withdrawn before. */
export async function erasePayoutsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.update(payouts).set({ account: null }).where(eq(payouts.userId, user.id))
  return false
}
