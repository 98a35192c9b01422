import { Hono } from 'hono'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { removePost } from '../../posts/delete'
import { settleRemoved } from '../../reports/settle'

export const adminPosts = new Hono<Env>().delete(
  '/:id',
  api('Remove a post, also from the libraries of its buyers, who get their coins back.', {
    errors: [401, 403],
  }),
  async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c)
    const id = idParam(c)
    await write(async (tx) => {
      await removePost(tx, me, id, now())
      await settleRemoved(tx, me, id, now())
    })
    return replyGone(c, '/', { leave: true })
  },
)
