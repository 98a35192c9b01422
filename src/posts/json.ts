import { z } from 'zod'
import { fileJson, fileSchema } from '../files/json'
import type { Looker } from '../http/looker'
import { userJson, userSchema } from '../users/json'
import type { PostRow } from './feed'
import { VISIBILITIES } from './table'

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
    read: z.boolean().optional().describe('In the inbox only.'),
  })
  .meta({ id: 'Post' })
export type PostJson = z.infer<typeof postSchema>

export const postJson = ({ post, author, files, read }: PostRow, looker: Looker): PostJson => ({
  id: post.id,
  author: userJson(author, looker),
  caption: post.caption,
  price: post.price,
  visibility: post.visibility,
  sensitive: post.sensitive,
  status: statusOf(post.publishedAt, files),
  createdAt: post.createdAt.toISOString(),
  publishedAt: post.publishedAt?.toISOString() ?? null,
  files: files.map((file) => fileJson(file, looker, !!post.publishedAt && post.visibility === 'everyone')),
  likes: 0,
  comments: 0,
  locked: false,
  viewer: { own: author.id === looker.viewer?.id, bought: false, liked: false, bookmarked: false },
  ...(read !== undefined && { read }),
})

const statusOf = (publishedAt: Date | null, files: { status: string }[]) =>
  publishedAt ? 'published' : files.some(({ status }) => status === 'failed') ? 'failed' : 'processing'
