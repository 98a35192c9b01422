import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { textField } from '../../../shapes/text'
import { deskTopupSchema, TOPUP_STATUSES } from '../../../shapes/topups'
import { AdminTopupsPage, AdminTopupsPart, DecisionForm } from '../../../views/admin/topups'
import { deskTopupJson } from '../../coins/topups/json'
import { decideTopup, findTopup, listTopups } from '../../coins/topups/model'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'

const decision = object(() => ({
  status: z.enum(['approved', 'refused']),
  note: textField({ max: 500 }).optional().describe('A note for the person who made the request.'),
}))

export const adminTopups = new Hono<Env>()
  .get(
    '/',
    api('List top-up requests; `?status=pending` for undecided ones.', {
      lists: deskTopupSchema,
      query: {
        status: z.enum(TOPUP_STATUSES).optional().describe('Lists only requests with this status.'),
        q: "A part of the depositor's name.",
      },
      errors: [401, 403],
    }),
    async (c) => {
      staff(c, 'admin')
      const status = TOPUP_STATUSES.find((each) => each === c.req.query('status'))
      const q = c.req.query('q')?.normalize('NFC').trim().slice(0, 100) || undefined
      const page = await listTopups(c.var.app.db, { status, q }, wanted(c))
      const next = nextLink(c, page)
      const topups = page.items.map(deskTopupJson)
      return reply(c, {
        json: () => ({ ...page, items: topups }),
        part: () => <AdminTopupsPart topups={topups} next={next} />,
        page: () => <AdminTopupsPage topups={topups} next={next} {...(status && { status })} q={q} />,
      })
    },
  )
  .patch(
    '/:id',
    api('Approve a request, which credits the coins, or refuse it.', {
      body: decision,
      answers: deskTopupSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const [me, id] = [staff(c, 'admin'), idParam(c)]
      const decided = await input(c, decision, (form) => <DecisionForm id={id} {...form} />)
      await write((tx) => decideTopup(tx, me, id, decided, now()))
      const topup = deskTopupJson(await findTopup(db, id))
      return replyChanged(
        c,
        { json: () => topup, part: () => <AdminTopupsPart topups={[topup]} next={null} /> },
        '/admin/topups?status=pending',
      )
    },
  )
