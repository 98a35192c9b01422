import type { EntryKind } from '../../shapes/coins'
import type { PAYOUT_STATUSES } from '../../shapes/payouts'
import { id, int, primaryKey, ref, str, table, time } from '../db/columns'

/**
 * The kinds of accounts. Each person has one of `member` and `debt`, where `debt` contains coins that were taken back
 * after the person had spent them. `issued` is the source of all coins.
 */
export type AccountKind = 'member' | 'debt' | 'issued' | 'house' | 'reserved' | 'paid_out' | 'taken_back'
export const coinAccounts = table('coin_accounts', {
  id: id<'coinAccount'>(),
  kind: str().$type<AccountKind>().notNull(),
  userId: ref<'user'>(),
  balance: int().notNull().default(0),
  /** The part of the balance that the person earned. */
  earned: int().notNull().default(0),
})

export const transfers = table('transfers', {
  id: id<'transfer'>(),
  /** The reason for the transfer. The same cause never moves coins twice. */
  cause: str().notNull().unique(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  postId: ref<'post'>(),
  /** A text for people, which is not part of the hash, so that it can be erased. */
  note: str(),
  /** The hash of this transfer, its entries and the previous hash. */
  hash: str().notNull(),
})

export const entries = table('entries', {
  id: id(),
  transferId: ref<'transfer'>().notNull(),
  accountId: ref<'coinAccount'>().notNull(),
  kind: str().$type<EntryKind>().notNull(),
  at: time().notNull(),
  coins: int().notNull(),
  /** How many of the moved coins are earned ones. */
  earned: int().notNull(),
  balanceAfter: int().notNull(),
  earnedAfter: int().notNull(),
})

export const vouchers = table('vouchers', {
  id: id<'voucher'>(),
  codeHash: str().notNull().unique(),
  coins: int().notNull(),
  uses: int().notNull(),
  used: int().notNull().default(0),
  createdBy: ref<'user'>(),
  createdAt: time().notNull(),
  expiresAt: time(),
  endedAt: time(),
})

export const redemptions = table(
  'redemptions',
  {
    voucherId: ref<'voucher'>().notNull(),
    userId: ref<'user'>().notNull(),
    transferId: ref<'transfer'>().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.voucherId, t.userId] })],
)

export const tips = table('tips', {
  id: id(),
  fromId: ref<'user'>().notNull(),
  toId: ref<'user'>().notNull(),
  postId: ref<'post'>(),
  /** The coins that were given, including the fee. */
  coins: int().notNull(),
  fee: int().notNull(),
  transferId: ref<'transfer'>().notNull().unique(),
  at: time().notNull(),
})

export const payouts = table('payouts', {
  id: id(),
  userId: ref<'user'>().notNull(),
  coins: int().notNull(),
  status: str().$type<(typeof PAYOUT_STATUSES)[number]>().notNull().default('asked'),
  at: time().notNull(),
  /** The transfer that set the coins aside. */
  transferId: ref<'transfer'>().notNull().unique(),
  decidedAt: time(),
  /** The administrator who decided; null for open and withdrawn payouts. */
  decidedBy: ref<'user'>(),
  /** The transfer that paid the coins out or returned them. */
  decisionId: ref<'transfer'>().unique(),
  note: str(),
  /** The bank account that is paid, encrypted; null once the payout has ended. */
  account: str(),
})

export type Account = typeof coinAccounts.$inferSelect
export type Payout = typeof payouts.$inferSelect
export type Entry = typeof entries.$inferSelect
export type Transfer = typeof transfers.$inferSelect
