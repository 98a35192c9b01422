import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { handleField } from '../../coins/fields'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { findUser } from '../../users/model'
import { refundSale } from './model'

const draft = object(() => ({
  handle: handleField().describe('The handle of the person who bought the post or received it as a gift.'),
  idempotencyKey: keyField(),
}))

const refunded = object(() => ({
  postId: z.int(),
  handle: z.string(),
  coins: z.int().describe('How many coins were returned to the person who paid.'),
  at: z.iso.datetime(),
})).meta({ id: 'Refund' })

export const refunds = new Hono<Env>().post(
  '/',
  api('Refund a buyer and remove the post from their library. Available to its creator and to administrators.', {
    body: draft,
    made: refunded,
    once: true,
    errors: [401, 402, 403, 404, 409],
  }),
  async (c) => {
    viewer(c)
    const postId = idParam(c)
    const asked = await input(c, draft)
    const rules = c.var.app.settings()
    const done = await onceByKey(c, 'POST /library/refunds', { ...asked, postId }, async (tx, me, now) => {
      const buyer = await findUser(tx, asked.handle)
      const { price } = await refundSale(tx, me, postId, buyer, rules, now)
      return { postId, handle: buyer.handle, coins: price, at: now.toISOString() }
    })
    const back = c.req.query('at') === 'desk' ? '/admin/purchases' : '/coins/earnings'
    return replyChanged(c, { json: () => done }, back, { made: '/coins/entries' })
  },
)
