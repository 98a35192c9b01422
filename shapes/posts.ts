import { z } from 'zod'
import { fileSchema } from './files'
import { object } from './object'
import { userSchema } from './users'

export const VISIBILITIES = ['everyone', 'followers'] as const

export type Visibility = (typeof VISIBILITIES)[number]

export const postSchema = object(() => ({
  id: z.int(),
  author: userSchema,
  caption: z.string(),
  price: z.int(),
  visibility: z.enum(VISIBILITIES),
  sensitive: z.boolean().describe('Whether the pictures are covered until somebody chooses to see them.'),
  adultsOnly: z.boolean().describe('Whether only people who have confirmed their age see the post.'),
  status: z.enum(['processing', 'scheduled', 'held', 'published', 'failed']),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  editedAt: z.iso.datetime().nullable().describe('When the caption or the files were last changed after publication.'),
  pinned: z.boolean().describe('Whether the author pinned the post to the top of their profile.'),
  publishAt: z.iso.datetime().optional().describe('When the post will be published. Only its author sees this.'),
  files: z.array(fileSchema),
  likes: z.int(),
  comments: z.int(),
  locked: z.boolean(),
  viewer: object(() => ({
    own: z.boolean(),
    bought: z.boolean(),
    liked: z.boolean(),
    bookmarked: z.boolean(),
    undoUntil: z.iso
      .datetime()
      .optional()
      .describe('Until when you can undo the purchase. It is not shown before, unless you ask for it.'),
    mayRemove: z.boolean().optional().describe('For the staff: whether you may remove this post of somebody else.'),
  })),
  deletedAt: z.iso.datetime().optional().describe('When the author deleted it. Only buyers see this.'),
  read: z.boolean().optional().describe('Whether the viewer has read the post. Only in the inbox.'),
  boughtAt: z.iso.datetime().optional().describe('When the viewer bought the post. Only in the library.'),
  pricePaid: z.int().optional().describe('The price that the viewer paid. Only in the library.'),
})).meta({ id: 'Post' })

export type PostJson = z.infer<typeof postSchema>

export const draftSchema = object(() => ({
  caption: z.string(),
  price: z.int(),
  visibility: z.enum(VISIBILITIES),
  sensitive: z.boolean(),
  adultsOnly: z.boolean(),
  fileIds: z.array(z.int()),
  publishAt: z.iso.datetime().nullable(),
  collectionId: z.int().nullable(),
  savedAt: z.iso.datetime(),
  files: z.array(fileSchema),
})).meta({ id: 'Draft' })

export type DraftJson = z.infer<typeof draftSchema>
