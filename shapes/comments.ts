import { z } from 'zod'
import { object } from './object'
import { userSchema } from './users'

export const commentSchema = object(() => ({
  id: z.int(),
  postId: z.int(),
  author: userSchema,
  text: z.string(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  parentId: z.int().nullable(),
  viewer: object(() => ({ own: z.boolean(), mayDelete: z.boolean() })),
})).meta({ id: 'Comment' })

export type CommentJson = z.infer<typeof commentSchema>

/** A comment with its newest answers, for pages. `comment` is null when it is deleted or hidden. */
export type ThreadJson = { id: number; comment: CommentJson | null; answers: CommentJson[]; earlier: string | null }
