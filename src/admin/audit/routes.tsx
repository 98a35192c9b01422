import { Hono } from 'hono'
import { ledgerReportSchema } from '../../../shapes/ledger'
import { AuditPage } from '../../../views/admin/audit'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'

export const adminAudit = new Hono<Env>().get(
  '/',
  api('Check the whole ledger now, and list where all coins were on each day.', {
    answers: ledgerReportSchema,
    errors: [401, 403],
  }),
  async (c) => {
    staff(c, 'admin')
    const report = await c.var.app.ledgerReport()
    return reply(c, { json: () => report, page: () => <AuditPage report={report} /> })
  },
)
