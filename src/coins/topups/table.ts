import type { TopupStatus } from '../../../shapes/topups'
import { id, int, ref, str, table, time } from '../../db/columns'

export const topups = table('topups', {
  id: id(),
  userId: ref<'user'>().notNull(),
  coins: int().notNull(),
  /** How the person says they paid. */
  note: str().notNull(),
  status: str().$type<TopupStatus>().notNull(),
  createdAt: time().notNull(),
  decidedAt: time(),
  decidedBy: ref<'user'>(),
  /** The answer of the staff. */
  answer: str(),
  transferId: ref<'transfer'>().unique(),
  /** The name on the bank transfer; null for cash. */
  depositor: str(),
  /** The amount to transfer, in the smallest unit of the currency; null when the person chose coins and not a pack. */
  amount: int(),
  currency: str(),
  /** Until when the money is awaited. */
  dueAt: time(),
})

export type Topup = typeof topups.$inferSelect
