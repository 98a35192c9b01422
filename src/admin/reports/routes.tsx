import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { deskReportSchema, OUTCOMES } from '../../../shapes/reports'
import { ReportsPage, ReportsPart, VerdictForm } from '../../../views/admin/reports'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { invalidFields } from '../../problem'
import { deskReportJson } from '../../reports/json'
import { settle } from '../../reports/settle'
import { fill, listReports, lookUpReport } from '../../reports/staff-list'
import { reasonField } from '../../users/fields'

const verdict = object(() => ({
  outcome: z.enum(OUTCOMES),
  note: reasonField().optional().describe('The reason that the suspended person sees; required for `suspended`.'),
}))

export const adminReports = new Hono<Env>()
  .get(
    '/',
    api('List open reports, or settled ones.', {
      lists: deskReportSchema,
      query: { status: z.enum(['open', 'settled']).default('open') },
      errors: [401, 403],
    }),
    async (c) => {
      const me = staff(c)
      const open = c.req.query('status') !== 'settled'
      const page = await listReports(c.var.app.db, me, open, wanted(c))
      const next = nextLink(c, page)
      const reports = page.items.map((row) => deskReportJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: reports }),
        part: () => <ReportsPart reports={reports} next={next} />,
        page: () => <ReportsPage reports={reports} next={next} open={open} />,
      })
    },
  )
  .patch(
    '/:id',
    api('Settle all reports about the same item: dismiss them, remove the item, or suspend its author.', {
      body: verdict,
      answers: deskReportSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const id = idParam(c)
      const { outcome, note } = await input(c, verdict, (form) => <VerdictForm id={id} {...form} />)
      if (outcome === 'suspended' && !note) throw invalidFields({ path: 'note', message: 'Please give a reason.' })
      await write((tx) => settle(tx, me, id, { outcome, note }, now()))
      const [row] = await fill(db, me, [(await lookUpReport(db, me, id))!])
      return replyChanged(c, { json: () => deskReportJson(row!, viewerContextOf(c)) }, '/admin/reports')
    },
  )
