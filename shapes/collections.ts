import { z } from 'zod'
import { later, object } from './object'
import { nameField } from './text'

export const collectionName = later(() => nameField({ max: 60, empty: 'Please enter a name.' }))

export const collectionSchema = object(() => ({
  id: z.int(),
  name: z.string(),
  count: z.int().describe('How many of its posts you may see.'),
  has: z.boolean().optional().describe('Whether the post of the query is in it.'),
})).meta({ id: 'Collection' })

export type CollectionJson = z.infer<typeof collectionSchema>
