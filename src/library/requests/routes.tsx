import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { refundablePurchaseSchema, refundRequestSchema } from '../../../shapes/refunds'
import { textField } from '../../../shapes/text'
import { MyRefundsPage, RefundsPage, RequestsPart } from '../../../views/library/requests/list'
import { noteField } from '../../coins/fields'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { purchaseJson, requestJson } from './json'
import {
  askRefund,
  decideRequest,
  findRequest,
  listRefundRequests,
  refundablePurchases,
  withdrawRequest,
} from './model'

const draft = object(() => ({
  reason: textField({ max: 500, empty: 'Please write why you want a refund.' }),
  idempotencyKey: keyField(),
}))

const decision = object(() => ({
  status: z.enum(['refunded', 'refused']),
  note: noteField().describe('What the buyer reads, such as the reason for a refusal.'),
}))

/** `POST /library/:id/requests`: a buyer asks for a refund. */
export const askForRefund = new Hono<Env>().post(
  '/',
  api('Ask the creator and the staff for a refund of a post that you bought.', {
    body: draft,
    made: refundRequestSchema,
    once: true,
    errors: [401, 404, 409],
  }),
  async (c) => {
    viewer(c)
    const postId = idParam(c)
    const asked = await input(c, draft)
    const rules = c.var.app.settings()
    const made = await onceByKey(c, 'POST /library/requests', { ...asked, postId }, async (tx, me, now) =>
      requestJson(await findRequest(tx, me, await askRefund(tx, me, postId, asked.reason, rules, now))),
    )
    return replyChanged(c, { json: () => made }, '/coins/refunds/mine', { made: '/coins/refunds/mine' })
  },
)

const purchasesShown = {
  purchases: z.array(refundablePurchaseSchema).describe('What you bought lately and can ask a refund for.'),
}

export const refundRequests = new Hono<Env>()
  .get(
    '/',
    api('List requests for refunds of your posts.', { lists: refundRequestSchema, errors: [401] }),
    async (c) => {
      const page = await listRefundRequests(c.var.app.db, viewer(c), 'toDecide', wanted(c))
      const next = nextLink(c, page)
      const items = page.items.map(requestJson)
      return reply(c, {
        json: () => ({ ...page, items }),
        part: () => <RequestsPart requests={items} next={next} decides />,
        page: () => <RefundsPage requests={items} next={next} />,
      })
    },
  )
  .get(
    '/mine',
    api('List your own requests for refunds.', { lists: refundRequestSchema, with: purchasesShown, errors: [401] }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const me = viewer(c)
      const page = await listRefundRequests(db, me, 'mine', wanted(c))
      const next = nextLink(c, page)
      const items = page.items.map(requestJson)
      const recent = await refundablePurchases(db, me, settings(), now())
      const purchases = recent.map((row) => purchaseJson(row, settings().refundDays))
      return reply(c, {
        json: () => ({ ...page, items, purchases }),
        part: () => <RequestsPart requests={items} next={next} />,
        page: () => <MyRefundsPage requests={items} next={next} purchases={purchases} terms={settings().refundText} />,
      })
    },
  )
  .patch(
    '/:id',
    api('Refund what a buyer asked for, or refuse. For the creator and administrators.', {
      body: decision,
      answers: refundRequestSchema,
      errors: [401, 402, 403, 404, 409],
    }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const { write } = c.var
      const [me, id] = [viewer(c), idParam(c)]
      const decided = await input(c, decision)
      await write((tx) => decideRequest(tx, me, id, decided, settings(), now()))
      const request = requestJson(await findRequest(db, me, id))
      const back = c.req.query('at') === 'desk' ? '/admin/refunds' : '/coins/refunds'
      return replyChanged(c, { json: () => request }, back)
    },
  )
  .delete('/:id', api('Withdraw an undecided request of yours.', { errors: [401, 404, 409] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [viewer(c), idParam(c)]
    await write((tx) => withdrawRequest(tx, me, id, now()))
    return replyGone(c, '/coins/refunds/mine', { leave: true })
  })
