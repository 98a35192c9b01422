import { and, eq, isNull, sql } from 'drizzle-orm'
import { accountOf, transfer } from '../coins/ledger'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { Problem } from '../http/errors'
import { notify } from '../notifications/model'
import { lookUpPost } from '../posts/feed'
import type { Person } from '../users/table'
import { type Purchase, purchases } from './table'

const held = prepared((db: Reader) =>
  db
    .select()
    .from(purchases)
    .where(
      and(eq(purchases.buyerId, sql.placeholder('buyerId')), eq(purchases.postId, sql.placeholder('postId')), isNull(purchases.endedAt)),
    )
    .limit(1)
    .prepare(),
)

export const findPurchase = async (db: Reader, me: Pick<Person, 'id'>, postId: number): Promise<Purchase | undefined> =>
  (await held(db).execute({ buyerId: me.id, postId }))[0]

/**
 * Coins for a post, in one transaction; true when it was not mine before. `price` is what the buyer was shown. The order of refusals is
 * the contract's; the last, 402, is the ledger's own.
 */
export async function buy(tx: Tx, me: Person, postId: number, price: number, now: Date): Promise<boolean> {
  const row = await lookUpPost(tx, me, postId)
  if (!row) throw new Problem('not_found', 'This post does not exist, or is not for you to see.')
  if (await findPurchase(tx, me, postId)) return false
  const { post, author } = row
  if (author.id === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  if (post.price === 0) throw new Problem('conflict', 'This post is free.', { code: 'not_for_sale' })
  if (post.price !== price)
    throw new Problem(
      'conflict',
      'The price has changed: it is {price} coins now.',
      { code: 'price_changed', price: post.price },
      { price: post.price },
    )
  await pay(tx, me, { id: postId, authorId: author.id, price }, now)
  await notify(tx, { userId: author.id, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
  return true
}

async function pay(tx: Tx, me: Person, { id: postId, authorId, price }: { id: number; authorId: number; price: number }, at: Date) {
  const [{ nth } = { nth: 0 }] = await tx
    .select({ nth: sql<number>`count(*)` })
    .from(purchases)
    .where(and(eq(purchases.buyerId, me.id), eq(purchases.postId, postId)))
  const legs = [
    { account: await accountOf(tx, 'member', me.id), kind: 'purchase' as const, coins: -price },
    { account: await accountOf(tx, 'member', authorId), kind: 'sale' as const, coins: price, earned: price },
  ]
  const transferId = await transfer(tx, { cause: `purchase:${postId}:${me.id}:${nth}`, kind: 'purchase', at, postId, legs })
  await tx.insert(purchases).values({ buyerId: me.id, postId, price, transferId, at })
}
