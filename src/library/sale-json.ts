import { z } from 'zod'
import type { Looker } from '../http/looker'
import { userJson, userSchema } from '../users/json'
import { refundableUntil } from './refunds/model'
import type { SaleRow } from './sales'

export const saleSchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    postId: z.int(),
    caption: z.string(),
    seller: z.string().describe('A handle.'),
    buyer: userSchema.nullable().describe('Whose library it came to; null when they left.'),
    giver: z.string().nullable().describe('The handle of who paid it for them.'),
    coins: z.int().describe('The price.'),
    fee: z.int().describe('What the house kept of it.'),
    status: z.enum(['sold', 'refunded', 'ended']).describe('ended: the buyer left.'),
    endedAt: z.iso.datetime().nullable(),
    refundableUntil: z.iso.datetime(),
    refundable: z.boolean().describe('Whether it can be refunded now.'),
  })
  .meta({ id: 'Sale' })
export type SaleJson = z.infer<typeof saleSchema>

export function saleJson(
  { purchase, buyer, buyerGone, ...row }: SaleRow,
  looker: Looker,
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
    buyer: buyerGone ? null : userJson(buyer, looker),
    giver: row.payer,
    coins: purchase.price,
    fee: purchase.fee,
    status: purchase.refundId ? 'refunded' : purchase.endedAt ? 'ended' : 'sold',
    endedAt: purchase.endedAt?.toISOString() ?? null,
    refundableUntil: until.toISOString(),
    refundable: !purchase.endedAt && !buyerGone && now <= until,
  }
}
