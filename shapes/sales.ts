import { z } from 'zod'
import { userSchema } from './users'

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
