import { id, int, ref, table, time } from '../db/columns'

export const purchases = table('purchases', {
  id: id<'purchase'>(),
  buyerId: ref<'user'>().notNull(),
  postId: ref<'post'>().notNull(),
  /** The price paid in coins, including the community's fee. */
  price: int().notNull(),
  fee: int().notNull().default(0),
  /** The giver; null when the buyer paid. */
  payerId: ref<'user'>(),
  transferId: ref<'transfer'>().notNull().unique(),
  at: time().notNull(),
  /** When the purchase ended, for example by a refund, and the transfer that refunded it. */
  endedAt: time(),
  refundId: ref<'transfer'>().unique(),
  /** Until when the buyer can undo the purchase, which is not shown before; null for purchases that are shown. */
  undoUntil: time(),
})

export type Purchase = typeof purchases.$inferSelect
