import { Hono } from 'hono'
import { deskCheckoutSchema } from '../../../shapes/checkouts'
import { AdminCheckoutsPage, AdminCheckoutsPart } from '../../../views/admin/checkouts'
import { deskCheckoutJson } from '../../coins/checkouts/json'
import { listCheckouts } from '../../coins/checkouts/model'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'

export const adminCheckouts = new Hono<Env>().get(
  '/',
  api('List coin purchases with money, and their refunds.', { lists: deskCheckoutSchema, errors: [401, 403] }),
  async (c) => {
    staff(c, 'admin')
    const page = await listCheckouts(c.var.app.db, wanted(c))
    const next = nextLink(c, page)
    const checkouts = page.items.map(deskCheckoutJson)
    return reply(c, {
      json: () => ({ ...page, items: checkouts }),
      part: () => <AdminCheckoutsPart checkouts={checkouts} next={next} />,
      page: () => <AdminCheckoutsPage checkouts={checkouts} next={next} />,
    })
  },
)
