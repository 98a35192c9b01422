import { and, eq, gt, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { alias } from '../db/columns'
import type { Reader } from '../db/open'
import { users } from '../users/table'
import { causeless, feesMovedTo, side, sumMovedTo, unlessAll } from './audit-sql'
import { coinAccounts, payouts, tips, transfers } from './table'

/** Checks that each tip went from its giver to its recipient, with the fee going to the community. */
export async function auditTips(db: Reader): Promise<string[]> {
  const [paid, got] = [side('paid'), side('got')]
  const wrong = await db
    .select({ id: tips.id })
    .from(tips)
    .leftJoin(transfers, and(eq(transfers.id, tips.transferId), eq(transfers.kind, 'tip')))
    .leftJoin(
      paid.entry,
      and(eq(paid.entry.transferId, transfers.id), eq(paid.entry.kind, 'tip'), lt(paid.entry.coins, 0)),
    )
    .leftJoin(paid.account, and(eq(paid.account.id, paid.entry.accountId), eq(paid.account.kind, 'member')))
    .leftJoin(got.entry, and(eq(got.entry.transferId, transfers.id), eq(got.entry.kind, 'tip'), gt(got.entry.coins, 0)))
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(
      unlessAll(
        eq(paid.entry.coins, sql`-${tips.coins}`),
        eq(paid.account.userId, tips.fromId),
        eq(got.entry.coins, tips.coins),
        eq(got.account.userId, tips.toId),
        eq(feesMovedTo('house'), tips.fee),
      ),
    )
  return [
    ...wrong.map(({ id }) => `tip ${id} did not go from its giver to its recipient`),
    ...(await causeless(db, 'tip')).map((id) => `transfer ${id} belongs to no tip`),
  ]
}

/** Checks that each payout set its coins aside, and that the decision paid them out or returned them. */
export async function auditPayouts(db: Reader): Promise<string[]> {
  const decision = alias(transfers, 'decision')
  const [aside, ended] = [side('aside'), side('ended')]
  const reserved = (of: typeof aside, sign: 1 | -1) =>
    and(
      eq(of.account.userId, payouts.userId),
      eq(of.account.kind, 'reserved'),
      eq(of.entry.coins, sql`${sql.raw(String(sign))} * ${payouts.coins}`),
    )
  const paidOut = sql`(select coalesce(sum(moved.coins), 0) from entries as moved
    join coin_accounts as whose on whose.id = moved.account_id
    where moved.transfer_id = ${payouts.decisionId} and whose.kind = 'paid_out')`
  const wrong = await db
    .select({ id: payouts.id })
    .from(payouts)
    .leftJoin(transfers, and(eq(transfers.id, payouts.transferId), eq(transfers.kind, 'payout')))
    .leftJoin(aside.entry, and(eq(aside.entry.transferId, transfers.id), gt(aside.entry.coins, 0)))
    .leftJoin(aside.account, eq(aside.account.id, aside.entry.accountId))
    .leftJoin(decision, and(eq(decision.id, payouts.decisionId), eq(decision.kind, 'payout')))
    .leftJoin(
      ended.entry,
      and(eq(ended.entry.transferId, decision.id), lt(ended.entry.coins, 0), eq(ended.entry.kind, 'payout')),
    )
    .leftJoin(ended.account, eq(ended.account.id, ended.entry.accountId))
    .where(
      unlessAll(
        reserved(aside, 1),
        sql`case ${payouts.status} when 'asked' then ${payouts.decisionId} is null else ${reserved(ended, -1)} end`,
        eq(paidOut, sql`case ${payouts.status} when 'paid' then ${payouts.coins} else 0 end`),
      ),
    )
  return [
    ...wrong.map(({ id }) => `payout ${id} differs from the ledger`),
    ...(await causeless(db, 'payout')).map((id) => `transfer ${id} belongs to no payout`),
  ]
}

/** Checks that the coins set aside for each person are those of their undecided payouts. */
export async function auditReserved(db: Reader): Promise<string[]> {
  const open = sql<number>`(select coalesce(sum(${payouts.coins}), 0) from ${payouts}
    where ${payouts.userId} = ${coinAccounts.userId} and ${payouts.status} = 'asked')`
  const rows = await db
    .select({ id: coinAccounts.id, balance: coinAccounts.balance, open })
    .from(coinAccounts)
    .where(and(eq(coinAccounts.kind, 'reserved'), ne(coinAccounts.balance, open)))
  return rows.map(
    ({ id, balance, open }) => `account ${id} has ${balance} coins set aside, but its open payouts are ${open}`,
  )
}

/** Checks that forfeited coins went to the community and came from deleted accounts. */
export async function auditForfeits(db: Reader): Promise<string[]> {
  const wrong = await db
    .select({ id: transfers.id })
    .from(transfers)
    .leftJoin(users, and(sql`${transfers.cause} = 'forfeit:' || ${users.id}`, isNotNull(users.deletedAt)))
    .where(
      and(
        eq(transfers.kind, 'forfeit'),
        unlessAll(
          isNotNull(users.id),
          eq(sql`${sumMovedTo('house')} + ${sumMovedTo('member')}`, 0),
          gt(sumMovedTo('house'), 0),
        ),
      ),
    )
  return wrong.map(({ id }) => `transfer ${id} forfeits coins of an account that was not deleted`)
}
