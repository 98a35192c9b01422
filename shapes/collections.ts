import { z } from 'zod'

export const collectionSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    count: z.int().describe('How many of its posts you may see.'),
    has: z.boolean().optional().describe('Whether the post of the query is in it.'),
  })
  .meta({ id: 'Collection' })

export type CollectionJson = z.infer<typeof collectionSchema>
