import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { accountOf, type Leg, transfer } from '../coins/ledger'
import { earnedBy, feeOf } from '../coins/transfer-legs'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { touchPost } from '../db/tell'
import { enqueue } from '../jobs/queue'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { authorOf, visibleTo } from '../posts/feed'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { users } from '../users/table'
import { type Purchase, purchases } from './table'

// Every query is prepared: many people may buy the same post at once, and all other writes wait for them.
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

// Each half has an index of its own. Without them, the purchases of everybody who bought the post would be read.
const ends = prepared((tx: Tx) => {
  const endsOf = (which: SQL) => tx.select({ endedAt: purchases.endedAt }).from(purchases).where(and(ofBuyer, which))
  return endsOf(isNull(purchases.endedAt))
    .unionAll(endsOf(isNotNull(purchases.endedAt)))
    .prepare()
})

const insertPurchase = prepared((tx: Tx) =>
  tx
    .insert(purchases)
    .values({
      buyerId,
      payerId: sql.placeholder('payerId'),
      postId,
      price: sql.placeholder('price'),
      fee: sql.placeholder('fee'),
      transferId: sql.placeholder('transferId'),
      at: sql.placeholder('at'),
      undoUntil: sql`${sql.placeholder('undoUntil')}`,
    })
    .prepare(),
)

/** Looks up the purchase by which a person holds a post. One that was refunded does not count. */
export const lookUpPurchase = async (
  db: Reader,
  me: Pick<Person, 'id'>,
  postId: Id<'post'>,
): Promise<Purchase | undefined> => (await held(db).execute({ buyerId: me.id, postId }))[0]

/** Whether a person holds a post now, and how many earlier purchases of it were refunded. */
export async function pastOf(
  tx: Tx,
  somebody: Pick<Person, 'id'>,
  postId: Id<'post'>,
): Promise<{ isHeld: boolean; refunded: number }> {
  const all = await ends(tx).execute({ buyerId: somebody.id, postId })
  const refunded = all.filter(({ endedAt }) => endedAt !== null).length
  return { isHeld: refunded < all.length, refunded }
}

export type Offer = { id: Id<'post'>; authorId: Id<'user'>; price: number }
/** The price that the buyer was shown, the community's fee in percent, and until when the purchase can be undone. */
export type Terms = { price: number; feePercent?: number; undoUntil?: Date | undefined }

/** Finds a post that a person may see, and can therefore buy or receive. */
export async function findOffer(tx: Tx, somebody: Pick<Person, 'id'>, postId: Id<'post'>): Promise<Offer> {
  const [post] = await offered(tx).execute({ buyerId: somebody.id, postId })
  if (!post) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return post
}

/** Refuses when the post is free or its price differs from the one shown. */
export function refuseUnlessOffered(post: Offer, price: number): void {
  if (post.price === 0) throw new Problem('conflict', 'This post is free.', { code: 'not_for_sale' })
  if (post.price !== price)
    throw new Problem(
      'conflict',
      'The price has changed: it is {price} coins now.',
      { code: 'price_changed', price: post.price },
      { price: post.price },
    )
}

/**
 * Buys a post in one transaction. Returns true when the purchase is new (the caller checks whether the post is still
 * visible). The order of refusals is that of the contract; the last one, 402, comes from the ledger.
 */
export async function buy(
  tx: Tx,
  me: Pick<Person, 'id'>,
  postId: number,
  { price, feePercent = 0, undoUntil }: Terms,
  now: Date,
): Promise<boolean> {
  const { isHeld, refunded } = await pastOf(tx, me, postId)
  if (isHeld) return false
  const post = await findOffer(tx, me, postId)
  if (post.authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  refuseUnlessOffered(post, price)
  await sell(tx, { post, buyerId: me.id, refunded, feePercent, undoUntil }, now)
  if (undoUntil) {
    const { id } = (await lookUpPurchase(tx, me, postId))!
    await enqueue(tx, 'library.show', { purchaseId: id }, undoUntil)
  } else await notify(tx, { userId: post.authorId, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
  return true
}

type Sale = {
  post: Offer
  buyerId: Id<'user'>
  /** The giver, when it is a gift. */
  payerId?: Id<'user'>
  /** How many earlier purchases of this post by or for the buyer were refunded. */
  refunded: number
  feePercent: number
  undoUntil?: Date | undefined
}

/** Moves the coins and adds the post to the buyer's library. */
export async function sell(
  tx: Tx,
  { post: { id: postId, authorId, price }, buyerId, payerId, refunded, feePercent, undoUntil }: Sale,
  at: Date,
): Promise<void> {
  const kind = payerId === undefined ? 'purchase' : 'gift'
  const fee = feeOf(price, feePercent)
  const legs: Leg[] = [
    { account: await accountOf(tx, 'member', payerId ?? buyerId), kind, coins: -price },
    ...(await earnedBy(tx, authorId, 'sale', price, fee)),
  ]
  const transferId = await transfer(tx, {
    cause: `${kind}:${postId}:${buyerId}:${refunded}`, // a cause moves coins only once
    kind,
    at,
    postId,
    legs,
  })
  await insertPurchase(tx).execute({
    buyerId,
    payerId: payerId ?? null,
    postId,
    price,
    fee,
    transferId,
    at,
    undoUntil: undoUntil ? +undoUntil : null,
  })
  touchPost(tx, buyerId, postId)
}
