import { id, int, ref, table, time } from '../db/columns'

export const purchases = table('purchases', {
  id: id(),
  buyerId: ref().notNull(),
  postId: ref().notNull(),
  /** In coins, what was paid. */
  price: int().notNull(),
  transferId: ref().notNull().unique(),
  at: time().notNull(),
  /** When it was refunded, and by which transfer. */
  endedAt: time(),
  refundId: ref().unique(),
})

export type Purchase = typeof purchases.$inferSelect
