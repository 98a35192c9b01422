import { and, eq, gt, isNotNull, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm'
import { alias } from '../db/columns'
import type { Reader } from '../db/open'
import { purchases } from '../library/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { auditCheckouts } from './checkouts/audit'
import { coinAccounts, type EntryKind, entries, redemptions, transfers, vouchers } from './table'
import { auditTopups } from './topups/audit'

/** Whatever moved coins, against what moved: purchases, refunds, redemptions, payments and top-ups on one side, transfers on the other. */
export async function auditCauses(db: Reader): Promise<string[]> {
  const faults: string[] = []
  const checks = [auditPurchases, auditRefunds, auditEnds, auditCounts, auditRedemptions, auditCheckouts, auditTopups]
  for (const check of checks) faults.push(...(await check(db)))
  return faults
}

/** The entry of a transfer that takes coins from somebody, or gives them some. */
const side = (name: string) => ({ entry: alias(entries, `${name}_entry`), account: alias(coinAccounts, `${name}_account`) })

/** What a buyer paid is the price, for this post, and it came to the author; and no such transfer is without its purchase. */
async function auditPurchases(db: Reader): Promise<string[]> {
  const [paid, got] = [side('paid'), side('got')]
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(
      transfers,
      and(eq(transfers.id, purchases.transferId), eq(transfers.kind, 'purchase'), eq(transfers.postId, purchases.postId)),
    )
    .leftJoin(posts, eq(posts.id, purchases.postId))
    .leftJoin(paid.entry, and(eq(paid.entry.transferId, transfers.id), eq(paid.entry.kind, 'purchase')))
    .leftJoin(paid.account, and(eq(paid.account.id, paid.entry.accountId), eq(paid.account.kind, 'member')))
    .leftJoin(got.entry, and(eq(got.entry.transferId, transfers.id), eq(got.entry.kind, 'sale')))
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(
      not(
        eq(paid.entry.coins, sql`-${purchases.price}`),
        eq(paid.account.userId, purchases.buyerId),
        eq(got.entry.coins, purchases.price),
        eq(got.account.userId, posts.authorId),
      ),
    )
  return [
    ...wrong.map(({ id }) => `purchase ${id} was not paid for, by its buyer to its author, with its price`),
    ...(await causeless(db, 'purchase')).map((id) => `transfer ${id} paid for no purchase`),
  ]
}

/** A refund gives the buyer the price back. */
async function auditRefunds(db: Reader): Promise<string[]> {
  const given = side('given')
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(transfers, and(eq(transfers.id, purchases.refundId), eq(transfers.kind, 'refund'), eq(transfers.postId, purchases.postId)))
    .leftJoin(given.entry, and(eq(given.entry.transferId, transfers.id), eq(given.entry.kind, 'refund')))
    .leftJoin(given.account, and(eq(given.account.id, given.entry.accountId), eq(given.account.kind, 'member')))
    .where(and(isNotNull(purchases.refundId), not(eq(given.entry.coins, purchases.price), eq(given.account.userId, purchases.buyerId))))
  return [
    ...wrong.map(({ id }) => `purchase ${id} was not refunded, to its buyer, with its price`),
    ...(await causeless(db, 'refund')).map((id) => `transfer ${id} refunds no purchase`),
  ]
}

/** A purchase ends by its refund, or with its buyer's account. */
async function auditEnds(db: Reader): Promise<string[]> {
  const keptOn = and(isNotNull(purchases.refundId), isNull(purchases.endedAt))
  const lost = and(isNull(purchases.refundId), isNotNull(purchases.endedAt), isNull(users.deletedAt))
  const rows = await db
    .select({ id: purchases.id, refundId: purchases.refundId })
    .from(purchases)
    .leftJoin(users, eq(users.id, purchases.buyerId))
    .where(or(keptOn, lost))
  return rows.map(({ id, refundId }) => `purchase ${id} ${refundId ? 'is held still, though it was refunded' : 'ended without a refund'}`)
}

/** A voucher is redeemed as often as it says, and no oftener than it may be. */
async function auditCounts(db: Reader): Promise<string[]> {
  const times = sql<number>`(select count(*) from ${redemptions} where ${redemptions.voucherId} = ${vouchers.id})`
  const rows = await db
    .select({ id: vouchers.id })
    .from(vouchers)
    .where(or(ne(vouchers.used, times), lt(vouchers.uses, vouchers.used)))
  return rows.map(({ id }) => `voucher ${id} was not redeemed as often as it says`)
}

/** Each time for its coins, to whoever redeemed it. */
async function auditRedemptions(db: Reader): Promise<string[]> {
  const got = side('got')
  const wrong = await db
    .select({ voucherId: redemptions.voucherId, userId: redemptions.userId })
    .from(redemptions)
    .leftJoin(vouchers, eq(vouchers.id, redemptions.voucherId))
    .leftJoin(transfers, and(eq(transfers.id, redemptions.transferId), eq(transfers.kind, 'voucher')))
    .leftJoin(got.entry, and(eq(got.entry.transferId, transfers.id), gt(got.entry.coins, 0)))
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(not(eq(got.entry.coins, vouchers.coins), eq(got.account.userId, redemptions.userId)))
  return [
    ...wrong.map(({ voucherId, userId }) => `voucher ${voucherId} did not give user ${userId} what it is worth`),
    ...(await causeless(db, 'voucher')).map((id) => `transfer ${id} redeemed no voucher`),
  ]
}

/** Transfers of a kind that nothing asked for. */
async function causeless(db: Reader, kind: EntryKind & ('purchase' | 'refund' | 'voucher')): Promise<number[]> {
  const causes = {
    purchase: db.select({ id: purchases.transferId }).from(purchases),
    refund: db.select({ id: purchases.refundId }).from(purchases).where(isNotNull(purchases.refundId)),
    voucher: db.select({ id: redemptions.transferId }).from(redemptions),
  }
  const rows = await db
    .select({ id: transfers.id })
    .from(transfers)
    .where(and(eq(transfers.kind, kind), notInArray(transfers.id, causes[kind])))
  return rows.map(({ id }) => id)
}

/** Not all of them true; what is missing is not true. */
const not = (...conditions: Parameters<typeof and>) => sql`not coalesce(${and(...conditions)}, 0)`
