import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { deskPayoutSchema, PAYOUT_STATUSES } from '../../../shapes/payouts'
import { DeskPayoutsPage, DeskPayoutsPart } from '../../../views/admin/payouts'
import { noteField } from '../../coins/fields'
import { openAccount } from '../../coins/payouts/account'
import { decidePayout } from '../../coins/payouts/decide'
import { deskPayoutJson } from '../../coins/payouts/json'
import { eachPayout, findPayout, listPayouts } from '../../coins/payouts/model'
import type { App, Env } from '../../context'
import { api } from '../../http/api'
import { type Cell, replyCsv } from '../../http/csv'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { timeZoneOf } from '../../http/locale'
import { replyChanged, replySecret } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { isoIn } from '../../time-zone'

const decision = object(() => ({
  status: z.enum(['paid', 'refused']),
  note: noteField().describe('A reason or an explanation, which the person sees.'),
}))

const filter = later(() => z.enum(PAYOUT_STATUSES).optional().catch(undefined))

export const adminPayouts = new Hono<Env>()
  .get(
    '/',
    api('List payout requests; `?status=asked` for undecided ones.', {
      lists: deskPayoutSchema,
      query: { status: z.enum(PAYOUT_STATUSES).optional().describe('Lists only requests with this status.') },
      errors: [401, 403],
    }),
    async (c) => {
      staff(c, 'admin')
      const status = filter().parse(c.req.query('status'))
      const page = await listPayouts(c.var.app.db, wanted(c), status)
      const next = nextLink(c, page)
      const payouts = page.items.map((row) => shown(c, row))
      return replySecret(c, {
        json: () => ({ ...page, items: payouts }),
        part: () => <DeskPayoutsPart payouts={payouts} next={next} />,
        page: () => (
          <DeskPayoutsPage payouts={payouts} next={next} status={status} isOn={c.var.app.settings().payouts === 'on'} />
        ),
      })
    },
  )
  .get('/all.csv', api('Download all payout requests as CSV.', { bytes: ['text/csv'], errors: [401, 403] }), (c) => {
    staff(c, 'admin')
    return replyCsv(c, 'payouts', HEAD, rowsOf(c.var.app, timeZoneOf(c)))
  })
  .get(
    '/bank.csv',
    api('Download the open payout requests with their bank accounts as CSV.', {
      bytes: ['text/csv'],
      errors: [401, 403],
    }),
    (c) => {
      staff(c, 'admin')
      const answer = replyCsv(c, 'payouts-bank', BANK_HEAD, bankRowsOf(c.var.app))
      answer.headers.set('cache-control', 'no-store')
      return answer
    },
  )
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
      await write((tx) => decidePayout(tx, me, id, decided, now()))
      const payout = shown(c, await findPayout(db, id))
      return replyChanged(c, { json: () => payout }, '/admin/payouts')
    },
  )

type Row = Awaited<ReturnType<typeof findPayout>>

const shown = (c: Context<Env>, row: Row) =>
  deskPayoutJson(row, viewerContextOf(c), openAccount(c.var.app.payoutKey, row.payout))

const BANK_HEAD = ['bank', 'account', 'holder', 'coins', 'id', 'handle']

async function* bankRowsOf({ db, payoutKey }: App): AsyncGenerator<Cell[]> {
  for await (const { payout, user } of eachPayout(db, 'asked')) {
    const { bank = null, account = null, holder = null } = openAccount(payoutKey, payout) ?? {}
    yield [bank, account, holder, payout.coins, payout.id, user.handle]
  }
}

const HEAD = ['id', 'at', 'handle', 'coins', 'status', 'decided at', 'decided by', 'note']

async function* rowsOf({ db }: App, timeZone: string): AsyncGenerator<Cell[]> {
  for await (const { payout, user, by } of eachPayout(db)) {
    const { id, at, coins, status, decidedAt, note } = payout
    const time = (of: Date | null) => of && isoIn(of, timeZone)
    yield [id, time(at), user.handle, coins, status, time(decidedAt), by, note]
  }
}
