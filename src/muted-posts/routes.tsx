import { type Context, Hono } from 'hono'
import { type PostJson, postSchema } from '../../shapes/posts'
import { MutedPostsPage, MutedPostsPart } from '../../views/muted-posts/list'
import { MutedPost, MutedPostPage } from '../../views/muted-posts/muted'
import { PostPart } from '../../views/posts/post'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { findPost } from '../posts/feed'
import { postJson } from '../posts/json'
import { Problem } from '../problem'
import { isPostMuted, listMutedPosts, mutePost, unmutePost } from './model'

const HERE = '/muted-posts'

async function show(c: Context<Env>): Promise<PostJson> {
  return postJson(await findPost(c.var.app.db, viewer(c), idParam(c)), viewerContextOf(c))
}

export const mutedPosts = new Hono<Env>()
  .get(
    '/',
    api('List the posts that do not interest you, the last one first.', {
      lists: postSchema,
      dated: true,
      errors: [401],
    }),
    async (c) => {
      const page = await listMutedPosts(c.var.app.db, viewer(c), wantedOfTime(c))
      const next = nextLink(c, page)
      const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: posts }),
        part: () => <MutedPostsPart posts={posts} next={next} />,
        page: () => <MutedPostsPage posts={posts} next={next} />,
      })
    },
  )
  .get(
    '/:id{[0-9]+}',
    api('Get a post that does not interest you.', { answers: postSchema, errors: [401, 404] }),
    async (c) => {
      if (!(await isPostMuted(c.var.app.db, viewer(c), idParam(c))))
        throw new Problem('not_found', 'You have not marked this post as “Not interested”.')
      const post = await show(c)
      return reply(c, {
        json: () => post,
        part: () => <MutedPost post={post} />,
        page: () => <MutedPostPage post={post} />,
      })
    },
  )
  .put(
    '/:id{[0-9]+}',
    api(
      'Say that a post does not interest you: it leaves your main page, inbox, explore, tags, searches and ' +
        'notifications, and its author is not suggested to you. Nobody is told.',
      { answers: postSchema, made: postSchema, errors: [401, 404, 409] },
    ),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const [me, id] = [viewer(c), idParam(c)]
      const made = await write((tx) => mutePost(tx, me, id, now()))
      const post = await show(c)
      const at = `${HERE}/${id}`
      return replyChanged(c, { json: () => post, part: () => <MutedPost post={post} /> }, at, { made: made && at })
    },
  )
  .delete('/:id{[0-9]+}', api('Take back that a post does not interest you.', { errors: [401, 404] }), async (c) => {
    const [me, id] = [viewer(c), idParam(c)]
    await c.var.write((tx) => unmutePost(tx, me, id))
    const post = c.var.format === 'part' && (await show(c))
    return replyGone(c, `/posts/${id}`, post ? { part: () => <PostPart post={post} focused /> } : {})
  })
