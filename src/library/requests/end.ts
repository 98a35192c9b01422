import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { refundRequests } from './table'

/** Ends the open request about a purchase that was refunded, by whichever way. */
export const endRequest = (tx: Tx, purchaseId: number, at: Date) =>
  tx
    .update(refundRequests)
    .set({ status: 'refunded', decidedAt: at })
    .where(and(eq(refundRequests.purchaseId, purchaseId), eq(refundRequests.status, 'asked')))
