import type { CommentJson, ThreadJson } from '../../../shapes/comments'
import type { ViewerContext } from '../../http/viewer-context'
import { userJson } from '../../users/json'
import type { CommentRow } from './read'
import type { Thread } from './threads'

export function commentJson({ comment, author, mayDelete }: CommentRow, viewerContext: ViewerContext): CommentJson {
  return {
    id: comment.id,
    postId: comment.postId,
    author: userJson(author, viewerContext),
    text: comment.text,
    createdAt: comment.createdAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    parentId: comment.parentId,
    viewer: { own: author.id === viewerContext.viewer?.id, mayDelete },
  }
}

/**
 * A thread with its newest answers. `comment` is null when the viewer may not see it, and `earlier` leads to older
 * answers.
 */
export const threadJson = ({ id, row, answers, earlier }: Thread, viewerContext: ViewerContext): ThreadJson => ({
  id,
  comment: row && commentJson(row, viewerContext),
  answers: answers.map((each) => commentJson(each, viewerContext)),
  earlier,
})
