import { type Context, Hono } from 'hono'
import { type PostJson, postSchema } from '../../../shapes/posts'
import { userSchema } from '../../../shapes/users'
import { BookmarkButton, LikeButton } from '../../../views/posts/actions'
import { UsersPage, UsersPart } from '../../../views/users/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { nextLink, wantedOfTime } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { userJson } from '../../users/json'
import { bookmark, unbookmark } from '../bookmarks/model'
import { findPost } from '../feed'
import { postJson } from '../json'
import { like, listLikers, unlike } from './model'

async function marked(c: Context<Env>): Promise<PostJson> {
  return postJson(await findPost(c.var.app.db, viewer(c), idParam(c)), viewerContextOf(c))
}

const put = { answers: postSchema, made: postSchema, errors: [401, 404] }

/** The routes `/posts/:id/like` and `/posts/:id/bookmark`. */
export const marks = new Hono<Env>()
  .get(
    '/likes',
    api('List the people who liked a post.', { lists: userSchema, dated: true, errors: [404] }),
    async (c) => {
      const { db } = c.var.app
      const viewerContext = viewerContextOf(c)
      const { post } = await findPost(db, viewerContext.viewer, idParam(c))
      const page = await listLikers(db, viewerContext.viewer, post.id, wantedOfTime(c))
      const next = nextLink(c, page)
      const users = page.items.map((user) => userJson(user, viewerContext))
      const { t } = viewerContext
      return reply(c, {
        json: () => ({ ...page, items: users }),
        part: () => <UsersPart users={users} next={next} />,
        page: () => (
          <UsersPage
            title={t('Liked by')}
            empty={t('Nobody likes this post yet.')}
            back={`/posts/${post.id}`}
            users={users}
            next={next}
          />
        ),
      })
    },
  )
  .put('/like', api('Like a post.', put), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [viewer(c), idParam(c)]
    const made = await write((tx) => like(tx, me, id, now()))
    const post = await marked(c)
    const shapes = { json: () => post, part: () => <LikeButton post={post} /> }
    return replyChanged(c, shapes, `/posts/${id}`, { made: made && `/posts/${id}/like` })
  })
  .delete('/like', api('Unlike a post.', { errors: [401, 404] }), async (c) => {
    const me = viewer(c)
    const id = idParam(c)
    await c.var.write((tx) => unlike(tx, me, id))
    const part = c.var.format === 'part' && (await marked(c))
    return replyGone(c, `/posts/${id}`, part ? { part: () => <LikeButton post={part} /> } : {})
  })
  .put('/bookmark', api('Bookmark a post.', put), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [viewer(c), idParam(c)]
    const made = await write((tx) => bookmark(tx, me, id, now()))
    const post = await marked(c)
    const shapes = { json: () => post, part: () => <BookmarkButton post={post} /> }
    return replyChanged(c, shapes, `/posts/${id}`, { made: made && `/posts/${id}/bookmark` })
  })
  .delete('/bookmark', api('Remove a bookmark.', { errors: [401, 404] }), async (c) => {
    const me = viewer(c)
    const id = idParam(c)
    await c.var.write((tx) => unbookmark(tx, me, id))
    const part = c.var.format === 'part' && (await marked(c))
    return replyGone(c, `/posts/${id}`, part ? { part: () => <BookmarkButton post={part} /> } : {})
  })
