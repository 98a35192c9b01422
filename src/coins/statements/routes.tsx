import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { monthSchema } from '../../../shapes/statements'
import { MonthPage, MonthsPage, MonthsPart } from '../../../views/coins/statements/list'
import type { App, Env } from '../../context'
import { api } from '../../http/api'
import { type Cell, replyCsv } from '../../http/csv'
import { nextLink, wanted } from '../../http/list'
import { timeZoneOf } from '../../http/locale'
import { reply } from '../../http/reply'
import { viewer } from '../../http/viewer'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { isoIn } from '../../time-zone'
import { eachEntry, findMonth, listMonths } from './model'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

const params = { month: z.string().regex(MONTH).describe('A month such as `2026-01`.') }

const clockOf = (c: Context<Env>) => ({ timeZone: timeZoneOf(c), now: c.var.app.now() })

export const statements = new Hono<Env>()
  .get('/', api('List your statement by month.', { lists: monthSchema, errors: [401] }), async (c) => {
    const page = await listMonths(c.var.app.db, viewer(c), clockOf(c), wanted(c))
    const next = nextLink(c, page)
    return reply(c, {
      json: () => page,
      part: () => <MonthsPart months={page.items} next={next} />,
      page: () => <MonthsPage months={page.items} next={next} />,
    })
  })
  .get('/all.csv', api('Download your whole statement as CSV.', { bytes: ['text/csv'], errors: [401] }), (c) =>
    replyCsv(c, 'statement', HEAD, rowsOf(c.var.app, viewer(c), timeZoneOf(c))),
  )
  .get(
    '/:month/entries.csv',
    api('Download one month of your statement as CSV.', { params, bytes: ['text/csv'], errors: [401, 404] }),
    async (c) => {
      const me = viewer(c)
      const { month } = await findMonth(c.var.app.db, me, clockOf(c), c.req.param('month'))
      return replyCsv(c, `statement-${month}`, HEAD, rowsOf(c.var.app, me, timeZoneOf(c), month))
    },
  )
  .get(
    '/:month',
    api('Get one month of your statement.', {
      params,
      answers: monthSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const asked = c.req.param('month')
      if (!MONTH.test(asked)) throw new Problem('not_found', 'There is nothing at this address.')
      const month = await findMonth(c.var.app.db, viewer(c), clockOf(c), asked)
      return reply(c, { json: () => month, page: () => <MonthPage month={month} /> })
    },
  )

const HEAD = ['id', 'at', 'kind', 'coins', 'balance', 'post', 'note']

async function* rowsOf({ db }: App, me: Person, timeZone: string, name?: string): AsyncGenerator<Cell[]> {
  for await (const { entry, postId, note } of eachEntry(db, me, name ? { name, timeZone } : undefined))
    yield [entry.id, isoIn(entry.at, timeZone), entry.kind, entry.coins, entry.balanceAfter, postId, note]
}
