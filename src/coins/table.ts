import type { EntryKind } from '../../shapes/coins'
import type { PAYOUT_STATUSES } from '../../shapes/payouts'
import { id, int, primaryKey, ref, str, table, time } from '../db/columns'

/**
 * Where coins can be. Of `member` and `debt` there is one a person: `debt` is what somebody owes after coins were taken back that they
 * had spent. `issued` is the source of all coins.
 */
export type AccountKind = 'member' | 'debt' | 'issued' | 'house' | 'reserved' | 'paid_out' | 'taken_back'
export const coinAccounts = table('coin_accounts', {
  id: id(),
  kind: str().$type<AccountKind>().notNull(),
  userId: ref(),
  balance: int().notNull().default(0),
  /** The part of the balance that came from sales. */
  earned: int().notNull().default(0),
})

export const transfers = table('transfers', {
  id: id(),
  /** What it was made for; the same cause never moves coins twice. */
  cause: str().notNull().unique(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  postId: ref(),
  /** For people; not part of the hash, so that it can be blanked. */
  note: str(),
  /** Of this transfer, its entries, and the hash before it. */
  hash: str().notNull(),
})

export const entries = table('entries', {
  id: id(),
  transferId: ref().notNull(),
  accountId: ref().notNull(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  coins: int().notNull(),
  /** How many of them were, or became, earned. */
  earned: int().notNull(),
  balanceAfter: int().notNull(),
  earnedAfter: int().notNull(),
})

export const vouchers = table('vouchers', {
  id: id(),
  codeHash: str().notNull().unique(),
  coins: int().notNull(),
  uses: int().notNull(),
  used: int().notNull().default(0),
  createdBy: ref(),
  createdAt: time().notNull(),
  expiresAt: time(),
  endedAt: time(),
})

export const redemptions = table(
  'redemptions',
  { voucherId: ref().notNull(), userId: ref().notNull(), transferId: ref().notNull(), at: time().notNull() },
  (t) => [primaryKey({ columns: [t.voucherId, t.userId] })],
)

export const tips = table('tips', {
  id: id(),
  fromId: ref().notNull(),
  toId: ref().notNull(),
  postId: ref(),
  /** What was given, the house's fee of it included. */
  coins: int().notNull(),
  fee: int().notNull(),
  transferId: ref().notNull().unique(),
  at: time().notNull(),
})

export const payouts = table('payouts', {
  id: id(),
  userId: ref().notNull(),
  coins: int().notNull(),
  status: str().$type<(typeof PAYOUT_STATUSES)[number]>().notNull().default('asked'),
  at: time().notNull(),
  /** Which set the coins aside. */
  transferId: ref().notNull().unique(),
  decidedAt: time(),
  /** Who of the staff; null while it is open, and when it was withdrawn. */
  decidedBy: ref(),
  /** Which paid them out, or gave them back. */
  decisionId: ref().unique(),
  note: str(),
})

export type Payout = typeof payouts.$inferSelect
export type Entry = typeof entries.$inferSelect
export type Transfer = typeof transfers.$inferSelect
