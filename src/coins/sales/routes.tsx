import { type Context, Hono } from 'hono'
import { saleSchema } from '../../../shapes/sales'
import { SalesPage, SalesPart } from '../../../views/coins/sales/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wantedOfTime } from '../../http/list'
import { reply } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { saleJson } from '../../library/sale-json'
import { listSalesOf } from '../../library/sales'

/** Returns my sales. Further ones are loaded from `/coins/sales`, whichever page displays the first ones. */
export async function salesPage(c: Context<Env>) {
  const { db, settings, now } = c.var.app
  const { items, nextCursor } = await listSalesOf(db, viewer(c), wantedOfTime(c))
  const sales = items.map((row) => saleJson(row, viewerContextOf(c), settings().refundDays, now()))
  return { sales, nextCursor, next: nextCursor && `/coins/sales?cursor=${nextCursor}` }
}

export const sales = new Hono<Env>().get(
  '/',
  api('List your sales, newest first.', { lists: saleSchema, dated: true, errors: [401] }),
  async (c) => {
    const { sales, nextCursor, next } = await salesPage(c)
    nextLink(c, { nextCursor })
    return reply(c, {
      json: () => ({ items: sales, nextCursor }),
      part: () => <SalesPart sales={sales} next={next} />,
      page: () => <SalesPage sales={sales} next={next} />,
    })
  },
)
