import { Hono } from 'hono'
import { refundRequestSchema } from '../../../shapes/refunds'
import { AdminRefundsPage } from '../../../views/admin/refunds'
import { RequestsPart } from '../../../views/library/requests/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { requestJson } from '../../library/requests/json'
import { listRefundRequests } from '../../library/requests/model'

/** Requests for refunds of all posts. They are decided at `/coins/refunds/:id`, as those of creators are. */
export const adminRefunds = new Hono<Env>().get(
  '/',
  api('List requests for refunds of all posts.', { lists: refundRequestSchema, errors: [401, 403] }),
  async (c) => {
    const me = staff(c, 'admin')
    const page = await listRefundRequests(c.var.app.db, me, 'all', wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map(requestJson)
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <RequestsPart requests={items} next={next} decides desk />,
      page: () => <AdminRefundsPage requests={items} next={next} />,
    })
  },
)
