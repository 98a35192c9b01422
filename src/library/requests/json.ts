import type { RefundablePurchaseJson, RefundRequestJson } from '../../../shapes/refunds'
import { refundableUntil } from '../refunds/model'
import type { RequestRow, refundablePurchases } from './model'

export const requestJson = ({ request, purchase, caption, buyer, seller }: RequestRow): RefundRequestJson => ({
  id: request.id,
  at: request.at.toISOString(),
  status: request.status,
  reason: request.reason,
  answer: request.answer,
  postId: purchase.postId,
  caption,
  coins: purchase.price,
  buyer,
  seller,
})

type Row = Awaited<ReturnType<typeof refundablePurchases>>[number]

/** A purchase for which a refund can be asked, until `refundDays` days after it. */
export const purchaseJson = ({ purchase, caption, seller }: Row, refundDays: number): RefundablePurchaseJson => ({
  postId: purchase.postId,
  caption,
  coins: purchase.price,
  seller,
  at: purchase.at.toISOString(),
  until: refundableUntil(purchase.at, refundDays).toISOString(),
})
