import { z } from 'zod'
import { fileSchema } from './files'
import { userSchema } from './users'

export const VISIBILITIES = ['everyone', 'followers'] as const

export type Visibility = (typeof VISIBILITIES)[number]

export const postSchema = z
  .object({
    id: z.int(),
    author: userSchema,
    caption: z.string(),
    price: z.int(),
    visibility: z.enum(VISIBILITIES),
    sensitive: z.boolean(),
    status: z.enum(['processing', 'published', 'failed']),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
    files: z.array(fileSchema),
    likes: z.int(),
    comments: z.int(),
    locked: z.boolean(),
    viewer: z.object({ own: z.boolean(), bought: z.boolean(), liked: z.boolean(), bookmarked: z.boolean() }),
    deletedAt: z.iso.datetime().optional().describe('Only for those who bought it: its author has deleted it.'),
    read: z.boolean().optional().describe('In the inbox only.'),
    boughtAt: z.iso.datetime().optional().describe('In the library only.'),
    pricePaid: z.int().optional().describe('In the library only.'),
  })
  .meta({ id: 'Post' })

export type PostJson = z.infer<typeof postSchema>
