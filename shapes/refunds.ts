import { z } from 'zod'
import { object } from './object'

export const REFUND_STATUSES = ['asked', 'refunded', 'refused', 'withdrawn'] as const

export const refundRequestSchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime(),
  status: z.enum(REFUND_STATUSES),
  reason: z.string(),
  answer: z.string().nullable().describe('What was written with a refusal.'),
  postId: z.int(),
  caption: z.string(),
  coins: z.int().describe('The price that was paid.'),
  buyer: z.string().describe('The handle of the buyer.'),
  seller: z.string().describe('The handle of the creator.'),
})).meta({ id: 'RefundRequest' })

export type RefundRequestJson = z.infer<typeof refundRequestSchema>

/** A purchase for which its buyer can ask for a refund. */
export const refundablePurchaseSchema = object(() => ({
  postId: z.int(),
  caption: z.string(),
  coins: z.int(),
  seller: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime().describe('Until when a refund can be asked for.'),
})).meta({ id: 'RefundablePurchase' })

export type RefundablePurchaseJson = z.infer<typeof refundablePurchaseSchema>
