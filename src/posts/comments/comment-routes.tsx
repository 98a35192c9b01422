import { Hono } from 'hono'
import { commentSchema } from '../../../shapes/comments'
import { CommentPart, Deleted } from '../../../views/posts/comments/comment'
import { Discussion } from '../../../views/posts/comments/discussion'
import { EditCommentForm, EditCommentPage } from '../../../views/posts/comments/edit'
import { PostPage } from '../../../views/posts/post'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { judgeTexts } from '../../words/judge-texts'
import { patchSchema } from './fields'
import { threadJson } from './json'
import { changeComment, deleteComment } from './model'
import { commentOf, postOf } from './routes'
import { findThread } from './threads'

/** One comment at `/comments/:id`. Its page is the post with the thread of the comment. */
export const comments = new Hono<Env>()
  .get('/:id{[0-9]+}', api('Get a comment.', { answers: commentSchema, errors: [404] }), async (c) => {
    const comment = await commentOf(c, idParam(c))
    const post = await postOf(c, comment.postId)
    const thread = await findThread(c.var.app.db, c.var.viewer, comment)
    return reply(c, {
      json: () => comment,
      part: () => <CommentPart comment={comment} />,
      page: () => (
        <PostPage post={post}>
          <Discussion postId={post.id} threads={[threadJson(thread, viewerContextOf(c))]} next={null} only />
        </PostPage>
      ),
    })
  })
  .get('/:id{[0-9]+}/edit', async (c) => {
    viewer(c)
    const comment = await commentOf(c, idParam(c))
    return reply(c, {
      json: () => comment,
      part: () => <EditCommentForm comment={comment} />,
      page: () => <EditCommentPage comment={comment} />,
    })
  })
  .patch(
    '/:id{[0-9]+}',
    api('Edit a comment.', { body: patchSchema, answers: commentSchema, errors: [401, 403, 404] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const id = idParam(c)
      const { text } = await input(c, patchSchema, async (form) => (
        <EditCommentForm comment={await commentOf(c, id)} {...form} />
      ))
      const flagged = judgeTexts(c, [{ field: 'comment', text, path: 'text' }])
      await write((tx) => changeComment(tx, me, id, text, now(), flagged))
      const comment = await commentOf(c, id)
      return replyChanged(
        c,
        { json: () => comment, part: () => <CommentPart comment={comment} /> },
        `/comments/${id}#comment-${id}`,
      )
    },
  )
  .delete('/:id{[0-9]+}', api('Delete a comment.', { errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const id = idParam(c)
    const postId = await write((tx) => deleteComment(tx, me, id, now()))
    const post = postId && c.var.format === 'part' ? await postOf(c, postId) : undefined
    return replyGone(c, postId ? `/posts/${postId}#comments` : '/', post ? { part: () => <Deleted post={post} /> } : {})
  })
