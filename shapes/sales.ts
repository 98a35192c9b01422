import { z } from 'zod'
import { object } from './object'
import { userSchema } from './users'

export const saleSchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime(),
  postId: z.int(),
  caption: z.string(),
  seller: z.string().describe('The handle of the creator.'),
  buyer: userSchema.nullable().describe('The person whose library contains the post; null when they left.'),
  giver: z.string().nullable().describe('The handle of the person who gave the post; null when the buyer paid.'),
  coins: z.int().describe('The price.'),
  fee: z.int().describe('The part of the price that the community kept.'),
  status: z.enum(['sold', 'refunded', 'ended']).describe('`ended` means that the buyer left.'),
  endedAt: z.iso.datetime().nullable(),
  refundableUntil: z.iso.datetime(),
  refundable: z.boolean().describe('Whether the sale can be refunded now.'),
})).meta({ id: 'Sale' })

export type SaleJson = z.infer<typeof saleSchema>
