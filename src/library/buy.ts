import { and, eq, isNull, sql } from 'drizzle-orm'
import { repayment } from '../coins/debt'
import { accountOf, type Leg, transfer } from '../coins/ledger'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { Problem } from '../http/errors'
import { notify } from '../notifications/model'
import { authorOf, visibleTo } from '../posts/feed'
import { posts } from '../posts/table'
import { type Person, users } from '../users/table'
import { type Purchase, purchases } from './table'

// All of it is prepared: many may want the same post at once, and every other write waits for them.
const [buyerId, postId] = [sql.placeholder('buyerId'), sql.placeholder('postId')]
const ofBuyer = and(eq(purchases.buyerId, buyerId), eq(purchases.postId, postId))

const held = prepared((db: Reader) =>
  db
    .select()
    .from(purchases)
    .where(and(ofBuyer, isNull(purchases.endedAt)))
    .limit(1)
    .prepare(),
)

const offered = prepared((tx: Tx) =>
  tx
    .select({ id: posts.id, authorId: posts.authorId, price: posts.price })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, postId), visibleTo({ id: buyerId }), isNull(users.suspendedAt)))
    .limit(1)
    .prepare(),
)

const timesBought = prepared((tx: Tx) => tx.select({ times: sql<number>`count(*)` }).from(purchases).where(ofBuyer).prepare())

const insertPurchase = prepared((tx: Tx) =>
  tx
    .insert(purchases)
    .values({ buyerId, postId, price: sql.placeholder('price'), transferId: sql.placeholder('transferId'), at: sql.placeholder('at') })
    .prepare(),
)

export const findPurchase = async (db: Reader, me: Pick<Person, 'id'>, postId: number): Promise<Purchase | undefined> =>
  (await held(db).execute({ buyerId: me.id, postId }))[0]

/**
 * Coins for a post, in one transaction; true when it was not mine before (whether that is still to be seen, whoever shows it finds out).
 * `price` is what the buyer was shown. The order of refusals is the contract's; the last, 402, is the ledger's own.
 */
export async function buy(tx: Tx, me: Person, postId: number, price: number, now: Date): Promise<boolean> {
  if (await findPurchase(tx, me, postId)) return false
  const [post] = await offered(tx).execute({ buyerId: me.id, postId })
  if (!post) throw new Problem('not_found', 'This post does not exist, or is not for you to see.')
  if (post.authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  if (post.price === 0) throw new Problem('conflict', 'This post is free.', { code: 'not_for_sale' })
  if (post.price !== price)
    throw new Problem(
      'conflict',
      'The price has changed: it is {price} coins now.',
      { code: 'price_changed', price: post.price },
      { price: post.price },
    )
  await pay(tx, me, post, now)
  await notify(tx, { userId: post.authorId, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
  return true
}

async function pay(tx: Tx, me: Person, { id: postId, authorId, price }: { id: number; authorId: number; price: number }, at: Date) {
  const [before] = await timesBought(tx).execute({ buyerId: me.id, postId }) // and paid back: no cause moves coins twice
  const author = await accountOf(tx, 'member', authorId)
  const legs: Leg[] = [
    { account: await accountOf(tx, 'member', me.id), kind: 'purchase', coins: -price },
    { account: author, kind: 'sale', coins: price, earned: price },
    ...(await repayment(tx, authorId, author, price, 'earned')),
  ]
  const cause = `purchase:${postId}:${me.id}:${before!.times}`
  const transferId = await transfer(tx, { cause, kind: 'purchase', at, postId, legs })
  await insertPurchase(tx).execute({ buyerId: me.id, postId, price, transferId, at })
}
