import { Hono } from 'hono'
import { commentSchema } from '../../shapes/comments'
import { object } from '../../shapes/object'
import { postSchema } from '../../shapes/posts'
import { LikedPage, SaidPage, SaidPart } from '../../views/activity/page'
import { PostGridPart } from '../../views/users/grid'
import type { Env } from '../context'
import { api } from '../http/api'
import { nextLink, wantedOfTime } from '../http/list'
import { reply } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { commentJson } from '../posts/comments/json'
import { postJson } from '../posts/json'
import { listLiked, listSaid } from './model'

const saidSchema = object(() => ({ comment: commentSchema, post: postSchema }))

/** These routes show people their own activity, which nobody else sees. */
export const activity = new Hono<Env>()
  .get(
    '/likes',
    api('List the posts that you like, the last one first.', { lists: postSchema, dated: true, errors: [401] }),
    async (c) => {
      const page = await listLiked(c.var.app.db, viewer(c), wantedOfTime(c))
      const next = nextLink(c, page)
      const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: posts }),
        part: () => <PostGridPart posts={posts} next={next} />,
        page: () => <LikedPage posts={posts} next={next} />,
      })
    },
  )
  .get(
    '/comments',
    api('List your comments with their posts, newest first.', { lists: saidSchema, dated: true, errors: [401] }),
    async (c) => {
      const viewerContext = viewerContextOf(c)
      const page = await listSaid(c.var.app.db, viewer(c), wantedOfTime(c))
      const next = nextLink(c, page)
      const items = page.items.map(({ comment, post }) => ({
        comment: commentJson(comment, viewerContext),
        post: postJson(post, viewerContext),
      }))
      return reply(c, {
        json: () => ({ ...page, items }),
        part: () => <SaidPart said={items} next={next} />,
        page: () => <SaidPage said={items} next={next} />,
      })
    },
  )
