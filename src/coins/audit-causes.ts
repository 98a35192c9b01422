import { and, eq, gt, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { purchases } from '../library/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { auditForfeits, auditPayouts, auditReserved, auditTips } from './audit-giving'
import { auditLooks } from './audit-looks'
import { causeless, feesMovedTo, side, sumMovedTo, unlessAll } from './audit-sql'
import { auditCheckouts } from './checkouts/audit'
import { redemptions, transfers, vouchers } from './table'
import { auditTopups } from './topups/audit'

/** Compares transfers with their causes: purchases, refunds, redemptions, payments, top-ups, tips and payouts. */
export async function auditCauses(db: Reader): Promise<string[]> {
  const faults: string[] = []
  const checks = [
    auditPurchases,
    auditRefunds,
    auditEnds,
    auditCounts,
    auditRedemptions,
    auditCheckouts,
    auditTopups,
    auditLooks,
    auditTips,
    auditPayouts,
    auditReserved,
    auditForfeits,
  ]
  for (const check of checks) faults.push(...(await check(db)))
  return faults
}

/** The person who paid: the buyer, or the giver of a gift. */
const paidBy = sql`coalesce(${purchases.payerId}, ${purchases.buyerId})`

const kindOfSale = sql`case when ${purchases.payerId} is null then 'purchase' else 'gift' end`

/**
 * Checks that each purchase was paid with its price, which went to the author and, as the fee, to the community. Each
 * such transfer must belong to a purchase.
 */
async function auditPurchases(db: Reader): Promise<string[]> {
  const [paid, got] = [side('paid'), side('got')]
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(
      transfers,
      and(
        eq(transfers.id, purchases.transferId),
        eq(transfers.kind, kindOfSale),
        eq(transfers.postId, purchases.postId),
      ),
    )
    .leftJoin(posts, eq(posts.id, purchases.postId))
    .leftJoin(paid.entry, and(eq(paid.entry.transferId, transfers.id), eq(paid.entry.kind, kindOfSale)))
    .leftJoin(paid.account, and(eq(paid.account.id, paid.entry.accountId), eq(paid.account.kind, 'member')))
    .leftJoin(got.entry, and(eq(got.entry.transferId, transfers.id), eq(got.entry.kind, 'sale')))
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(
      unlessAll(
        eq(paid.entry.coins, sql`-${purchases.price}`),
        eq(paid.account.userId, paidBy),
        eq(got.entry.coins, purchases.price),
        eq(got.account.userId, posts.authorId),
        eq(sumMovedTo('house'), purchases.fee),
      ),
    )
  return [
    ...wrong.map(({ id }) => `the price of purchase ${id} was not paid by its buyer to its author`),
    ...(await causeless(db, 'purchase')).map((id) => `transfer ${id} is a payment without a purchase`),
    ...(await causeless(db, 'gift')).map((id) => `transfer ${id} is a payment without a gift`),
  ]
}

/**
 * Checks that each refund returned the price to the person who paid, including the fee of the community. If that person
 * has left, the community keeps all of it.
 */
async function auditRefunds(db: Reader): Promise<string[]> {
  const given = side('given')
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(
      transfers,
      and(eq(transfers.id, purchases.refundId), eq(transfers.kind, 'refund'), eq(transfers.postId, purchases.postId)),
    )
    .leftJoin(given.entry, and(eq(given.entry.transferId, transfers.id), eq(given.entry.kind, 'refund')))
    .leftJoin(given.account, and(eq(given.account.id, given.entry.accountId), eq(given.account.kind, 'member')))
    .where(
      and(
        isNotNull(purchases.refundId),
        unlessAll(
          eq(given.entry.coins, purchases.price),
          eq(given.account.userId, paidBy),
          eq(feesMovedTo('house'), sql`-${purchases.fee}`),
        ),
      ),
    )
  return [
    ...wrong.map(({ id }) => `the price of purchase ${id} was not refunded to its buyer`),
    ...(await causeless(db, 'refund')).map((id) => `transfer ${id} is a refund without a purchase`),
  ]
}

/** Checks that each purchase that ended was refunded, or that its buyer's account was deleted. */
async function auditEnds(db: Reader): Promise<string[]> {
  const keptOn = and(isNotNull(purchases.refundId), isNull(purchases.endedAt))
  const lost = and(isNull(purchases.refundId), isNotNull(purchases.endedAt), isNull(users.deletedAt))
  const rows = await db
    .select({ id: purchases.id, refundId: purchases.refundId })
    .from(purchases)
    .leftJoin(users, eq(users.id, purchases.buyerId))
    .where(or(keptOn, lost))
  return rows.map(
    ({ id, refundId }) =>
      `purchase ${id} ${refundId ? 'is still in force although it was refunded' : 'ended without a refund'}`,
  )
}

/** Checks that the count of each voucher matches its redemptions and does not exceed its limit. */
async function auditCounts(db: Reader): Promise<string[]> {
  const times = sql<number>`(select count(*) from ${redemptions} where ${redemptions.voucherId} = ${vouchers.id})`
  const rows = await db
    .select({ id: vouchers.id })
    .from(vouchers)
    .where(or(ne(vouchers.used, times), lt(vouchers.uses, vouchers.used)))
  return rows.map(({ id }) => `voucher ${id} has a count that differs from its redemptions or exceeds its limit`)
}

/** Checks that each redemption credited the value of the voucher to the person who redeemed it. */
async function auditRedemptions(db: Reader): Promise<string[]> {
  const got = side('got')
  const wrong = await db
    .select({ voucherId: redemptions.voucherId, userId: redemptions.userId })
    .from(redemptions)
    .leftJoin(vouchers, eq(vouchers.id, redemptions.voucherId))
    .leftJoin(transfers, and(eq(transfers.id, redemptions.transferId), eq(transfers.kind, 'voucher')))
    .leftJoin(
      got.entry,
      and(eq(got.entry.transferId, transfers.id), eq(got.entry.kind, 'voucher'), gt(got.entry.coins, 0)),
    )
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(unlessAll(eq(got.entry.coins, vouchers.coins), eq(got.account.userId, redemptions.userId)))
  return [
    ...wrong.map(({ voucherId, userId }) => `voucher ${voucherId} did not credit its value to user ${userId}`),
    ...(await causeless(db, 'voucher')).map((id) => `transfer ${id} is a redemption without a voucher`),
  ]
}
