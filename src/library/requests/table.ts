import type { REFUND_STATUSES } from '../../../shapes/refunds'
import { id, ref, str, table, time } from '../../db/columns'

/** Requests of buyers for their coins back, at most one for each purchase. */
export const refundRequests = table('refund_requests', {
  id: id(),
  purchaseId: ref<'purchase'>().notNull().unique(),
  buyerId: ref<'user'>().notNull(),
  /** The creator of the post. */
  authorId: ref<'user'>().notNull(),
  reason: str().notNull(),
  status: str().$type<(typeof REFUND_STATUSES)[number]>().notNull().default('asked'),
  at: time().notNull(),
  decidedAt: time(),
  /** The person who decided: the creator or an administrator. */
  decidedBy: ref<'user'>(),
  /** The reason that was given with a refusal. */
  answer: str(),
})
