import { and, desc, eq, lt, or, type Placeholder, sql } from 'drizzle-orm'
import { ofWallet } from '../coins/ledger'
import { coinAccounts, entries } from '../coins/table'
import { alias } from '../db/columns'
import type { Reader } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Person } from '../ports/people'
import { posts } from '../posts/table'
import { type Seen, seenBy } from '../users/person'
import { users } from '../users/table'
import { type Purchase, purchases } from './table'

const payer = alias(users, 'payer')
const seller = alias(users, 'seller')

const saleFor = (reader: { id: number | Placeholder }) => ({
  purchase: purchases,
  caption: posts.caption,
  buyer: seenBy(reader),
  buyerGone: users.deletedAt,
  payer: payer.handle,
  seller: seller.handle,
})

/** A purchase as its seller sees it. `payer` is the giver, when it was a gift. */
export type SaleRow = {
  purchase: Purchase
  caption: string
  buyer: Seen
  buyerGone: Date | null
  payer: string | null
  seller: string
}

export type Search = { buyerId?: number | undefined; postId?: number | undefined }

const matching = ({ buyerId, postId }: Search) =>
  and(
    buyerId === undefined ? undefined : eq(purchases.buyerId, buyerId),
    postId === undefined ? undefined : eq(purchases.postId, postId),
  )

/** Lists the sales of one creator, newest first. It reads them from the ledger, which has them in that order. */
export async function listSalesOf(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted, search: Search = {}) {
  const { buyerId = 0, postId = 0 } = search
  const rows = await ofSeller(db).execute({ id: me.id, buyerId, postId, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ entry }) => entry)
}

/** Matches a purchase by a placeholder of this name; 0 matches all purchases. */
const ifGiven = (name: 'buyerId' | 'postId') =>
  or(sql`${sql.placeholder(name)} = 0`, eq(purchases[name], sql.placeholder(name)))

const ofSeller = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  const matching = and(ifGiven('buyerId'), ifGiven('postId'))
  return db
    .select({ ...saleFor(me), entry: { at: entries.at, id: entries.id } })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(me.id))
    .innerJoin(purchases, eq(purchases.transferId, entries.transferId))
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .innerJoin(users, eq(users.id, purchases.buyerId))
    .innerJoin(seller, eq(seller.id, posts.authorId))
    .leftJoin(payer, eq(payer.id, purchases.payerId))
    .where(and(eq(entries.kind, 'sale'), matching, beforePlaceholder(entries.at, entries.id)))
    .orderBy(desc(entries.at), desc(entries.id))
    .limit(sql.placeholder('most'))
    .prepare()
})

/** Lists sales of everybody, of one buyer or of one post for staff, newest first. */
export async function searchSales(db: Reader, me: Pick<Person, 'id'>, search: Search, wanted: Wanted) {
  const rows = await db
    .select(saleFor(me))
    .from(purchases)
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .innerJoin(users, eq(users.id, purchases.buyerId))
    .innerJoin(seller, eq(seller.id, posts.authorId))
    .leftJoin(payer, eq(payer.id, purchases.payerId))
    .where(and(matching(search), wanted.cursor ? lt(purchases.id, wanted.cursor.id) : undefined))
    .orderBy(desc(purchases.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ purchase: { at, id } }) => ({ at, id }))
}
