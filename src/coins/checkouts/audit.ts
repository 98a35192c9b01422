import { and, eq, isNotNull, isNull, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/open'
import { coinAccounts, entries, transfers } from '../table'
import { coinsFor } from './reverse'
import { checkoutReversals, checkouts, paymentClaims } from './table'

/** Compares payments, and what was refunded of them, with the transfers of coins. */
export async function auditCheckouts(db: Reader): Promise<string[]> {
  return [
    ...(await auditGiven(db)),
    ...(await auditTaken(db)),
    ...(await auditReversals(db)),
    ...(await auditCauseless(db)),
  ]
}

/** Checks that each payment credited its coins to its buyer. */
async function auditGiven(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ id: checkouts.id })
    .from(checkouts)
    .leftJoin(transfers, and(eq(transfers.id, checkouts.transferId), eq(transfers.kind, 'checkout')))
    .leftJoin(coinAccounts, and(eq(coinAccounts.userId, checkouts.userId), eq(coinAccounts.kind, 'member')))
    .leftJoin(
      entries,
      and(eq(entries.transferId, transfers.id), eq(entries.accountId, coinAccounts.id), eq(entries.kind, 'checkout')),
    )
    .where(
      and(
        or(isNotNull(checkouts.transferId), isNotNull(checkouts.paidAt), ne(checkouts.taken, 0)),
        sql`${entries.coins} is distinct from ${checkouts.coins}`,
      ),
    )
  return rows.map(({ id }) => `checkout ${id} did not credit its coins to its buyer`)
}

const payment = { paymentId: paymentClaims.paymentId, currency: paymentClaims.currency }

/** Checks that the coins taken back match the refunds and disputes of each payment. */
async function auditTaken(db: Reader): Promise<string[]> {
  const claims = db
    .select({ ...payment, sum: sql<number>`sum(${paymentClaims.amount})`.as('claims_sum') })
    .from(paymentClaims)
    .where(eq(paymentClaims.held, true))
    .groupBy(paymentClaims.paymentId, paymentClaims.currency)
    .as('claims')
  const reversals = db
    .select({ id: checkoutReversals.checkoutId, sum: sql<number>`sum(${checkoutReversals.coins})`.as('reversals_sum') })
    .from(checkoutReversals)
    .groupBy(checkoutReversals.checkoutId)
    .as('reversals')
  const rows = await db
    .select({
      checkout: checkouts,
      claimed: sql<number>`coalesce(${claims.sum}, 0)`,
      taken: sql<number>`coalesce(${reversals.sum}, 0)`,
    })
    .from(checkouts)
    .leftJoin(claims, and(eq(claims.paymentId, checkouts.paymentId), eq(claims.currency, checkouts.currency)))
    .leftJoin(reversals, eq(reversals.id, checkouts.id))
    .where(or(isNotNull(checkouts.transferId), ne(checkouts.taken, 0), ne(checkouts.claimed, 0)))
  return rows.flatMap(({ checkout, claimed, taken }) => [
    ...(checkout.claimed === Math.min(claimed, checkout.amount)
      ? []
      : [`checkout ${checkout.id} has a refunded amount that differs from its claims`]),
    ...(checkout.taken === taken && taken === coinsFor(checkout, checkout.claimed)
      ? []
      : [`checkout ${checkout.id} has not taken back the coins for its refunds`]),
  ])
}

/** Checks that each reversal took its coins from the buyer, possibly as a debt, and from nobody else. */
async function auditReversals(db: Reader): Promise<string[]> {
  const taken = sql`(select sum(${entries.coins}) from ${entries}
    join ${coinAccounts} on ${coinAccounts.id} = ${entries.accountId}
    where ${entries.transferId} = ${transfers.id} and ${coinAccounts.kind} = 'taken_back')`
  const fromBuyer = sql`(select sum(${entries.coins}) from ${entries}
    join ${coinAccounts} on ${coinAccounts.id} = ${entries.accountId}
    where ${entries.transferId} = ${transfers.id} and ${coinAccounts.userId} = ${checkouts.userId}
    and ${entries.kind} = 'reversal')`
  const rows = await db
    .select({ id: checkoutReversals.id })
    .from(checkoutReversals)
    .leftJoin(checkouts, eq(checkouts.id, checkoutReversals.checkoutId))
    .leftJoin(transfers, and(eq(transfers.id, checkoutReversals.transferId), eq(transfers.kind, 'reversal')))
    .where(
      or(
        sql`${taken} is distinct from ${checkoutReversals.coins}`,
        sql`${fromBuyer} is distinct from -${checkoutReversals.coins}`,
      ),
    )
  return rows.map(({ id }) => `reversal ${id} did not take its coins back from their buyer`)
}

async function auditCauseless(db: Reader): Promise<string[]> {
  const given = db.select({ id: checkouts.transferId }).from(checkouts).where(isNotNull(checkouts.transferId))
  const reversed = db.select({ id: checkoutReversals.transferId }).from(checkoutReversals)
  const rows = await db
    .select({ id: transfers.id })
    .from(transfers)
    .where(
      or(
        and(eq(transfers.kind, 'checkout'), notInArray(transfers.id, given)),
        and(eq(transfers.kind, 'reversal'), notInArray(transfers.id, reversed)),
      ),
    )
  const unpaid = await db
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(and(isNotNull(checkouts.transferId), isNull(checkouts.paidAt)))
  return [
    ...rows.map(({ id }) => `transfer ${id} belongs to no payment`),
    ...unpaid.map(({ id }) => `checkout ${id} credited coins without a payment`),
  ]
}
