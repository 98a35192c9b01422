import type { EntryKind } from '../../shapes/coins'
import type { PAYOUT_STATUSES } from '../../shapes/payouts'
import { id, int, primaryKey, ref, str, table, time } from '../db/columns'

/**
 * The kinds of accounts. Each person has one of `member` and `debt`, where `debt` contains coins that were taken back
 * after the person had spent them. `issued` is the source of all coins.
 */
export type AccountKind = 'member' | 'debt' | 'issued' | 'house' | 'reserved' | 'paid_out' | 'taken_back'
export const coinAccounts = table('coin_accounts', {
  id: id(),
  kind: str().$type<AccountKind>().notNull(),
  userId: ref(),
  balance: int().notNull().default(0),
  /** The part of the balance that the person earned. */
  earned: int().notNull().default(0),
})

export const transfers = table('transfers', {
  id: id(),
  /** The reason for the transfer. The same cause never moves coins twice. */
  cause: str().notNull().unique(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  postId: ref(),
  /** A text for people, which is not part of the hash, so that it can be erased. */
  note: str(),
  /** The hash of this transfer, its entries and the previous hash. */
  hash: str().notNull(),
})

export const entries = table('entries', {
  id: id(),
  transferId: ref().notNull(),
  accountId: ref().notNull(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  coins: int().notNull(),
  /** How many of the moved coins are earned ones. */
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
  /** The coins that were given, including the fee. */
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
  /** The transfer that set the coins aside. */
  transferId: ref().notNull().unique(),
  decidedAt: time(),
  /** The administrator who decided; null for open and withdrawn payouts. */
  decidedBy: ref(),
  /** The transfer that paid the coins out or returned them. */
  decisionId: ref().unique(),
  note: str(),
})

export type Payout = typeof payouts.$inferSelect
export type Entry = typeof entries.$inferSelect
export type Transfer = typeof transfers.$inferSelect
