import { z } from 'zod'
import { fileSchema } from '../files/json'
import { userSchema } from '../users/json'

export const postSchema = z
  .object({
    id: z.int(),
    author: userSchema,
    caption: z.string(),
    price: z.int(),
    visibility: z.enum(['everyone', 'followers']),
    sensitive: z.boolean(),
    status: z.enum(['processing', 'published', 'failed']),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
    files: z.array(fileSchema),
    likes: z.int(),
    comments: z.int(),
    locked: z.boolean(),
    viewer: z.object({ own: z.boolean(), bought: z.boolean(), liked: z.boolean(), bookmarked: z.boolean() }),
    read: z.boolean().optional().describe('In the inbox only.'),
  })
  .meta({ id: 'Post' })
export type PostJson = z.infer<typeof postSchema>
