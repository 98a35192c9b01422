import { and, eq, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { EntryKind } from '../../shapes/coins'
import { alias } from '../db/columns'
import type { Reader } from '../db/open'
import { purchases } from '../library/table'
import { looks } from '../looks/table'
import { type AccountKind, coinAccounts, entries, payouts, redemptions, tips, transfers } from './table'

/** Aliases for one entry of a transfer and its account, for queries that join several of them. */
export const side = (name: string) => ({
  entry: alias(entries, `${name}_entry`),
  account: alias(coinAccounts, `${name}_account`),
})

/** An SQL condition: at least one of these conditions is false or null. */
export const unlessAll = (...conditions: Parameters<typeof and>) => sql`not coalesce(${and(...conditions)}, false)`

/** The sum that a transfer moved to all accounts of a kind, by all of its entries or by those of one kind. */
export const sumMovedTo = (
  kind: AccountKind,
  by?: EntryKind,
) => sql<number>`(select coalesce(sum(moved.coins), 0) from ${entries} as moved
  join ${coinAccounts} as whose on whose.id = moved.account_id
  where moved.transfer_id = ${transfers.id} and whose.kind = ${kind}${by ? sql` and moved.kind = ${by}` : sql``})`

/** The sum of the fees that a transfer moved to all accounts of a kind. */
export const feesMovedTo = (kind: AccountKind) => sumMovedTo(kind, 'fee')

/** Finds transfers of a kind that have no cause. */
export async function causeless(
  db: Reader,
  kind: 'purchase' | 'gift' | 'look' | 'refund' | 'voucher' | 'tip' | 'payout',
): Promise<number[]> {
  const noSale = notInArray(transfers.id, db.select({ id: purchases.transferId }).from(purchases))
  const refunded = db.select({ id: purchases.refundId }).from(purchases).where(isNotNull(purchases.refundId))
  const lookedBack = db.select({ id: looks.refundId }).from(looks).where(isNotNull(looks.refundId))
  const given = db.select({ id: looks.transferId }).from(looks).where(isNotNull(looks.transferId))
  const asked = db.select({ id: payouts.transferId }).from(payouts)
  const decided = db.select({ id: payouts.decisionId }).from(payouts).where(isNotNull(payouts.decisionId))
  const hasNoCause = {
    purchase: noSale,
    gift: noSale,
    look: notInArray(transfers.id, given),
    refund: and(notInArray(transfers.id, refunded), notInArray(transfers.id, lookedBack)),
    voucher: notInArray(transfers.id, db.select({ id: redemptions.transferId }).from(redemptions)),
    tip: notInArray(transfers.id, db.select({ id: tips.transferId }).from(tips)),
    payout: and(notInArray(transfers.id, asked), notInArray(transfers.id, decided)),
  }
  const rows = await db
    .select({ id: transfers.id })
    .from(transfers)
    .where(and(eq(transfers.kind, kind), hasNoCause[kind]))
  return rows.map(({ id }) => id)
}
