import type { CommentJson, ThreadJson } from '../../../shapes/comments'
import type { Looker } from '../../http/looker'
import { userJson } from '../../users/json'
import type { CommentRow } from './read'
import type { Thread } from './threads'

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

export const threadJson = ({ id, row, answers, earlier }: Thread, looker: Looker): ThreadJson => ({
  id,
  comment: row && commentJson(row, looker),
  answers: answers.map((each) => commentJson(each, looker)),
  earlier,
})
