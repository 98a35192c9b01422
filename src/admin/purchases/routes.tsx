import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { saleSchema } from '../../../shapes/sales'
import { PurchasesPage, PurchasesPart } from '../../../views/admin/purchases'
import type { Env } from '../../context'
import type { Reader } from '../../db/open'
import type { Page } from '../../db/page'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { saleJson } from '../../library/sale-json'
import { listSalesOf, type SaleRow, searchSales } from '../../library/sales'
import type { Person } from '../../ports/people'
import { findPosts } from '../../posts/feed'
import { lookUpUser } from '../../users/model'

const handle = later(() =>
  z
    .string()
    .transform((text) => text.trim().replace(/^@/, ''))
    .optional(),
)
const query = object(() => ({ buyer: handle(), seller: handle(), post: z.string().trim().optional() }))
export type Asked = z.infer<typeof query>

const nothing: Page<SaleRow> = { items: [], nextCursor: null }

/** Searches purchases. Unknown handles and invalid post numbers have no results. */
async function search(c: Context<Env>, me: Person, { buyer, seller, post }: Asked): Promise<Page<SaleRow>> {
  const { db } = c.var.app
  if (post && !/^\d{1,15}$/.test(post)) return nothing
  const idOf = async (handle: string | undefined) => (handle ? (await lookUpUser(db, handle))?.id : undefined)
  const [buyerId, sellerId] = [await idOf(buyer), await idOf(seller)]
  if ((buyer && !buyerId) || (seller && !sellerId)) return nothing
  if (sellerId)
    return listSalesOf(db, { id: sellerId }, wanted(c), { buyerId, postId: post ? Number(post) : undefined })
  return searchSales(db, me, { buyerId, postId: post ? Number(post) : undefined }, wanted(c))
}

/** Removes the captions of posts that this administrator is not allowed to see. */
async function shownTo(me: Person, db: Reader, page: Page<SaleRow>): Promise<Page<SaleRow>> {
  const shown = await findPosts(
    db,
    me,
    page.items.map(({ purchase }) => purchase.postId),
  )
  return { ...page, items: page.items.map((row) => (shown.has(row.purchase.postId) ? row : { ...row, caption: '' })) }
}

export const adminPurchases = new Hono<Env>().get(
  '/',
  api('List purchases, newest first.', {
    lists: saleSchema,
    query: {
      buyer: 'Lists only what the person with this handle bought.',
      seller: 'Lists only what the person with this handle sold.',
      post: z.int().optional().describe('Lists only the purchases of this post.'),
    },
    errors: [401, 403],
  }),
  async (c) => {
    const { db, settings, now } = c.var.app
    const me = staff(c, 'admin')
    const asked = query.parse(c.req.query())
    const page = await shownTo(me, db, await search(c, me, asked))
    const next = nextLink(c, page)
    const sales = page.items.map((row) => saleJson(row, viewerContextOf(c), settings().refundDays, now()))
    return reply(c, {
      json: () => ({ ...page, items: sales }),
      part: () => <PurchasesPart sales={sales} next={next} />,
      page: () => <PurchasesPage asked={asked} sales={sales} next={next} />,
    })
  },
)
