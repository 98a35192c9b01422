import { Hono } from 'hono'
import { z } from 'zod'
import { deskPayoutSchema, PAYOUT_STATUSES } from '../../../shapes/payouts'
import { DeskPayoutsPage, DeskPayoutsPart } from '../../../views/admin/payouts'
import { noteField } from '../../coins/fields'
import { decide } from '../../coins/payouts/decide'
import { deskPayoutJson } from '../../coins/payouts/json'
import { eachPayout, findPayout, listPayouts } from '../../coins/payouts/model'
import type { App, Env } from '../../context'
import { api } from '../../http/api'
import { type Cell, replyCsv } from '../../http/csv'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'

const decision = z.object({
  status: z.enum(['paid', 'refused']),
  note: noteField.describe('A reason or an explanation, which the person sees.'),
})

const filter = z.enum(PAYOUT_STATUSES).optional().catch(undefined)

export const adminPayouts = new Hono<Env>()
  .get(
    '/',
    api('List payout requests; `?status=asked` for undecided ones.', { lists: deskPayoutSchema, errors: [401, 403] }),
    async (c) => {
      staff(c, 'admin')
      const status = filter.parse(c.req.query('status'))
      const page = await listPayouts(c.var.app.db, wanted(c), status)
      const next = nextLink(c, page)
      const payouts = page.items.map((row) => deskPayoutJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: payouts }),
        part: () => <DeskPayoutsPart payouts={payouts} next={next} />,
        page: () => (
          <DeskPayoutsPage payouts={payouts} next={next} status={status} isOn={c.var.app.settings().payouts === 'on'} />
        ),
      })
    },
  )
  .get('/all.csv', api('Download all payout requests as CSV.', { bytes: true, errors: [401, 403] }), (c) => {
    staff(c, 'admin')
    return replyCsv(c, 'payouts', HEAD, rowsOf(c.var.app))
  })
  .patch(
    '/:id',
    api('Mark a payout request as paid, or refuse it.', {
      body: decision,
      answers: deskPayoutSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const [me, id] = [staff(c, 'admin'), idParam(c)]
      const decided = await input(c, decision)
      await write((tx) => decide(tx, me, id, decided, now()))
      const payout = deskPayoutJson(await findPayout(db, id), viewerContextOf(c))
      return replyChanged(c, { json: () => payout }, '/admin/payouts')
    },
  )

const HEAD = ['id', 'at', 'handle', 'coins', 'status', 'decided at', 'decided by', 'note']

async function* rowsOf({ db }: App): AsyncGenerator<Cell[]> {
  for await (const { payout, user, by } of eachPayout(db)) {
    const { id, at, coins, status, decidedAt, note } = payout
    yield [id, at.toISOString(), user.handle, coins, status, decidedAt?.toISOString() ?? null, by, note]
  }
}
