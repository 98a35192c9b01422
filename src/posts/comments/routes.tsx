import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { commentSchema } from '../../../shapes/comments'
import { Discussion, EarlierAnswers } from '../../../views/posts/comments/discussion'
import { CommentForm } from '../../../views/posts/comments/form'
import { AnswersPart, Commented, ThreadsPart } from '../../../views/posts/comments/thread'
import { PostPage } from '../../../views/posts/post'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted, wantedOfTime } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { onceByKey } from '../../idempotency/by-key'
import { Problem } from '../../problem'
import { judgeTexts } from '../../words/judge-texts'
import { findOpenPost, findPost } from '../feed'
import { postJson } from '../json'
import { draftSchema } from './fields'
import { commentJson, threadJson } from './json'
import { writeComment } from './model'
import { findComment, listComments } from './read'
import { listThreads } from './threads'

/** The post with this id as the viewer sees it. */
export async function postOf(c: Context<Env>, id: number) {
  return postJson(await findPost(c.var.app.db, c.var.viewer, id), viewerContextOf(c))
}

/** The comment with this id as the viewer sees it. */
export async function commentOf(c: Context<Env>, id: number) {
  return commentJson(await findComment(c.var.app.db, c.var.viewer, id), viewerContextOf(c))
}

/** Returns the discussion under a post as its page shows it. */
export async function discussionOn(c: Context<Env>, postId: number) {
  const page = await listThreads(c.var.app.db, c.var.viewer, postId, wanted(c))
  const next = page.nextCursor && `/posts/${postId}/comments?cursor=${page.nextCursor}`
  return { postId, threads: page.items.map((thread) => threadJson(thread, viewerContextOf(c))), next }
}

function parentIdOf(c: Context): number | undefined {
  const text = c.req.query('parentId')
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new Problem('invalid', 'This link to the next page is not valid. Go back to the first page.', {
    errors: [{ path: 'parentId', message: 'This is not the id of a comment.' }],
  })
}

/** Answers with a flat list: all comments for scripts, or the answers to one comment. */
async function flat(c: Context<Env>, postId: number, parentId: number | undefined) {
  const page = await listComments(c.var.app.db, c.var.viewer, postId, { ...wantedOfTime(c), parentId })
  nextLink(c, page)
  const items = page.items.map((row) => commentJson(row, viewerContextOf(c)))
  const post = await postOf(c, postId)
  const answers = { postId, id: parentId ?? 0, answers: items.toReversed(), earlier: page.nextCursor }
  return reply(c, {
    json: () => ({ ...page, items }),
    part: () => <AnswersPart {...answers} />,
    page: () => (
      <PostPage post={post}>
        <EarlierAnswers {...answers} />
      </PostPage>
    ),
  })
}

async function threads(c: Context<Env>, postId: number) {
  const discussion = await discussionOn(c, postId)
  const post = await postOf(c, postId)
  return reply(c, {
    json: () => discussion,
    part: () => <ThreadsPart {...discussion} />,
    page: () => (
      <PostPage post={post}>
        <Discussion {...discussion} />
      </PostPage>
    ),
  })
}

const listing = {
  lists: commentSchema,
  dated: true,
  query: { parentId: z.int().optional().describe('Lists only the answers to this comment.') },
  errors: [404, 422],
}

/** The routes below `/posts/:id/comments`. */
export const commentsOfPost = new Hono<Env>()
  .get('/', api('List the comments on a post, newest first.', listing), async (c) => {
    const { id } = await findOpenPost(c.var.app.db, c.var.viewer, idParam(c))
    const parentId = parentIdOf(c)
    return c.var.format === 'json' || parentId !== undefined ? flat(c, id, parentId) : threads(c, id)
  })
  .post(
    '/',
    api('Comment on a post, or answer a comment.', {
      body: draftSchema,
      made: commentSchema,
      once: true,
      errors: [401, 404, 429],
    }),
    async (c) => {
      const { limits } = c.var.app
      const me = viewer(c)
      const postId = idParam(c)
      const draft = await input(c, draftSchema, (form) => <CommentForm postId={postId} {...form} />)
      const flagged = judgeTexts(c, [{ field: 'comment', text: draft.text, path: 'text' }])
      await limits.take('comments', me.id)
      const id = await onceByKey(c, `POST /posts/${postId}/comments`, draft, (tx, me, now) =>
        writeComment(tx, me, postId, draft, now, flagged),
      )
      const comment = await commentOf(c, id)
      const post = await postOf(c, postId)
      const shapes = { json: () => comment, part: () => <Commented comment={comment} post={post} /> }
      return replyChanged(
        c,
        shapes,
        comment.parentId ? `/comments/${id}#comment-${id}` : `/posts/${postId}#comment-${id}`,
        {
          made: `/comments/${id}`,
        },
      )
    },
  )
