import { z } from 'zod'
import { VISIBILITIES } from './table'

const caption = z.string().trim().max(2000, 'A caption has at most 2,000 characters.')
const fileIds = z
  .array(z.int().positive())
  .min(1, 'Add at least one photo.')
  .max(20, 'A post has at most 20 photos.')
  .refine((ids) => new Set(ids).size === ids.length, 'A photo can be in a post only once.')
const visibility = z.enum(VISIBILITIES)
export const draftSchema = z.object({
    caption: caption.default(''),
    price: z.literal(0, 'A post is free here.').default(0),
    fileIds,
    visibility: visibility.default('everyone'),
    sensitive: z.boolean().default(false),
    idempotencyKey: z.string().max(255).optional().describe('For forms; scripts send the header.'),
  })

export const patchSchema = z.object({
  caption: caption.optional(),
  price: z.literal(0, 'A post is free here.').optional(),
  visibility: visibility.optional(),
  sensitive: z.boolean().optional(),
  fileIds: fileIds.optional(),
})
