import { z } from 'zod'
import type { Looker } from '../../http/looker'
import { userJson, userSchema } from '../../users/json'
import type { CommentRow } from './read'
import type { Thread } from './threads'

export const commentSchema = z
  .object({
    id: z.int(),
    postId: z.int(),
    author: userSchema,
    text: z.string(),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    parentId: z.int().nullable(),
    viewer: z.object({ own: z.boolean(), mayDelete: z.boolean() }),
  })
  .meta({ id: 'Comment' })
export type CommentJson = z.infer<typeof commentSchema>

export function commentJson({ comment, author, mayDelete }: CommentRow, looker: Looker): CommentJson {
  return {
    id: comment.id,
    postId: comment.postId,
    author: userJson(author, looker),
    text: comment.text,
    createdAt: comment.createdAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    parentId: comment.parentId,
    viewer: { own: author.id === looker.viewer?.id, mayDelete },
  }
}

/** For pages: a comment with the newest of its answers; null is one that is gone. */
export type ThreadJson = { id: number; comment: CommentJson | null; answers: CommentJson[]; earlier: string | null }

export const threadJson = ({ id, row, answers, earlier }: Thread, looker: Looker): ThreadJson => ({
  id,
  comment: row && commentJson(row, looker),
  answers: answers.map((each) => commentJson(each, looker)),
  earlier,
})
