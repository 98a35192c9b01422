import type { TopupStatus } from '../../../shapes/topups'
import { id, int, ref, str, table, time } from '../../db/columns'

export const topups = table('topups', {
  id: id(),
  userId: ref().notNull(),
  coins: int().notNull(),
  /** How it was paid, in the person's words. */
  note: str().notNull(),
  status: str().$type<TopupStatus>().notNull(),
  createdAt: time().notNull(),
  decidedAt: time(),
  decidedBy: ref(),
  /** What the staff say to it. */
  answer: str(),
  transferId: ref().unique(),
})

export type Topup = typeof topups.$inferSelect
