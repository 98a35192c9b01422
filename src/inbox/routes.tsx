import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { postSchema } from '../../shapes/posts'
import { InboxPage, InboxPart } from '../../views/inbox/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyGone } from '../http/reply'
import { upToSchema } from '../http/up-to'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { postJson } from '../posts/json'
import { invalidFields } from '../problem'
import { listInbox, markAllPostsRead, markPostsRead } from './model'

const readSchema = object(() => ({
  upTo: upToSchema.shape.upTo.optional(),
  postIds: z.array(z.int().positive()).max(100).optional().describe('Only these posts.'),
}))

export const inbox = new Hono<Env>()
  .get(
    '/',
    api('List the posts of the people you follow.', {
      lists: postSchema,
      dated: true,
      with: { unread: z.int() },
      errors: [401],
    }),
    async (c) => {
      const { db, unreadPosts } = c.var.app
      const me = viewer(c)
      const page = await listInbox(db, me, wantedOfTime(c))
      const unread = await unreadPosts(me)
      const next = nextLink(c, page)
      const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: posts, unread }),
        part: () => <InboxPart posts={posts} next={next} />,
        page: () => <InboxPage posts={posts} next={next} unread={unread} />,
      })
    },
  )
  .put(
    '/read',
    api('Mark posts as read: some by their ids, or all up to a `publishedAt`.', { body: readSchema, errors: [401] }),
    async (c) => {
      const me = viewer(c)
      const { upTo, postIds } = await input(c, readSchema)
      if (!upTo && !postIds) throw invalidFields({ path: 'upTo', message: 'Please fill in this field.' })
      await c.var.write((tx) =>
        upTo ? markAllPostsRead(tx, me, new Date(upTo)) : markPostsRead(tx, me, postIds ?? []),
      )
      return replyGone(c, '/inbox', { leave: true })
    },
  )
