import { Hono } from 'hono'
import { postSchema } from '../../../shapes/posts'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { findPost } from '../feed'
import { postJson } from '../json'
import { pin, unpin } from './model'

/** The route `/posts/:id/pin`. */
export const pins = new Hono<Env>()
  .put(
    '/pin',
    api('Pin one of your posts to the top of your profile. Three can be there.', {
      answers: postSchema,
      made: postSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const [me, id] = [viewer(c), idParam(c)]
      const made = await c.var.write((tx) => pin(tx, me, id, now()))
      const post = postJson(await findPost(db, me, id), viewerContextOf(c))
      return replyChanged(c, { json: () => post }, `/users/${me.handle}`, { made: made && `/posts/${id}/pin` })
    },
  )
  .delete('/pin', api('Unpin one of your posts.', { errors: [401, 403, 404] }), async (c) => {
    const [me, id] = [viewer(c), idParam(c)]
    await c.var.write((tx) => unpin(tx, me, id))
    return replyGone(c, `/users/${me.handle}`, { leave: true })
  })
