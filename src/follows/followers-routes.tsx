import { Hono } from 'hono'
import type { Env } from '../context'
import { api } from '../http/api'
import { replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { findSeen } from '../users/model'
import { unfollow } from './model'

/** My followers, whom I can take out one by one. */
export const followers = new Hono<Env>().delete(
  '/:handle',
  api('Remove one of your followers. They are not told, and see you like everybody else again.', {
    errors: [401, 404],
  }),
  async (c) => {
    const { db, now } = c.var.app
    const me = viewer(c)
    const other = await findSeen(db, me, c.req.param('handle'))
    await c.var.write((tx) => unfollow(tx, other, me, now()))
    return replyGone(c, `/users/${me.handle}/followers`)
  },
)
