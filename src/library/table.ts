import { id, int, ref, table, time } from '../db/columns'

export const purchases = table('purchases', {
  id: id(),
  buyerId: ref().notNull(),
  postId: ref().notNull(),
  /** In coins, what was paid, the house's fee of it included. */
  price: int().notNull(),
  fee: int().notNull().default(0),
  /** Who gave it to the buyer; null: they paid it themselves. */
  payerId: ref(),
  transferId: ref().notNull().unique(),
  at: time().notNull(),
  /** When it was refunded, and by which transfer. */
  endedAt: time(),
  refundId: ref().unique(),
})

export type Purchase = typeof purchases.$inferSelect
