import type { SaleJson } from '../../shapes/sales'
import type { ViewerContext } from '../http/viewer-context'
import { userJson } from '../users/json'
import { refundableUntil } from './refunds/model'
import type { SaleRow } from './sales'

/**
 * A sale as its seller and the staff see it. It can be refunded for `refundDays` days, unless it has ended or the
 * buyer has left.
 */
export function saleJson(
  { purchase, buyer, buyerGone, ...row }: SaleRow,
  viewerContext: ViewerContext,
  refundDays: number,
  now: Date,
): SaleJson {
  const until = refundableUntil(purchase.at, refundDays)
  return {
    id: purchase.id,
    at: purchase.at.toISOString(),
    postId: purchase.postId,
    caption: row.caption,
    seller: row.seller,
    buyer: buyerGone ? null : userJson(buyer, viewerContext),
    giver: row.payer,
    coins: purchase.price,
    fee: purchase.fee,
    status: statusOf(purchase),
    endedAt: purchase.endedAt?.toISOString() ?? null,
    refundableUntil: until.toISOString(),
    refundable: !purchase.endedAt && !buyerGone && now <= until,
  }
}

function statusOf({ refundId, endedAt }: SaleRow['purchase']): SaleJson['status'] {
  if (refundId) return 'refunded'
  return endedAt ? 'ended' : 'sold'
}
