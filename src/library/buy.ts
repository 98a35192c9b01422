import { and, eq, isNull, sql } from 'drizzle-orm'
import { transfer } from '../coins/ledger'
import { feeOf, paying } from '../coins/transfer-legs'
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

// Each of the two has an index of its own. A query for both would read the purchases of everybody who bought the post.
const isHeld = sql<boolean>`exists (
  select 1 from ${purchases} where ${ofBuyer} and ${purchases.endedAt} is null
)`
const refunded = sql<number>`(
  select count(*) from ${purchases} where ${ofBuyer} and ${purchases.endedAt} is not null
)`

const offered = prepared((tx: Tx) =>
  tx
    .select({
      id: posts.id,
      authorId: posts.authorId,
      price: posts.price,
      isHeld: isHeld.mapWith(Boolean).as('is_held'),
      refunded: refunded.mapWith(Number).as('refunded'),
    })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, postId), visibleTo({ id: buyerId }), isNull(users.suspendedAt)))
    .limit(1)
    .prepare(),
)

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

/** A post that a person may buy or receive. */
export type Offer = {
  id: Id<'post'>
  authorId: Id<'user'>
  price: number
  isHeld: boolean
  /** How many earlier purchases of the post, by or for this person, were refunded. */
  refunded: number
}
/** The price that the buyer was shown, the community's fee in percent, and until when the purchase can be undone. */
export type Terms = { price: number; feePercent?: number; undoUntil?: Date | undefined }

/** Looks up a post that a person may see, and can therefore buy or receive. */
export const lookUpOffer = async (
  tx: Tx,
  somebody: Pick<Person, 'id'>,
  postId: Id<'post'>,
): Promise<Offer | undefined> => (await offered(tx).execute({ buyerId: somebody.id, postId }))[0]

/** Finds a post that a person may see. Throws `not_found` otherwise. */
export async function findOffer(tx: Tx, somebody: Pick<Person, 'id'>, postId: Id<'post'>): Promise<Offer> {
  const offer = await lookUpOffer(tx, somebody, postId)
  if (!offer) throw notOffered()
  return offer
}

const notOffered = () => new Problem('not_found', 'This post does not exist, or you cannot see it.')

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
  const post = await lookUpOffer(tx, me, postId)
  // What a person holds stays theirs when they cannot see the post any more.
  if (post?.isHeld ?? (await lookUpPurchase(tx, me, postId))) return false
  if (!post) throw notOffered()
  if (post.authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  refuseUnlessOffered(post, price)
  await sell(tx, { post, buyerId: me.id, feePercent, undoUntil }, now)
  if (undoUntil) {
    const { id } = (await lookUpPurchase(tx, me, postId))!
    await enqueue(tx, 'library.show', { purchaseId: id }, undoUntil)
  } else await notify(tx, { userId: post.authorId, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
  return true
}

type Sale = {
  /** The offer to the buyer, or to the recipient of a gift. */
  post: Offer
  buyerId: Id<'user'>
  /** The giver, when it is a gift. */
  payerId?: Id<'user'>
  feePercent: number
  undoUntil?: Date | undefined
}

/** Moves the coins and adds the post to the buyer's library. */
export async function sell(
  tx: Tx,
  { post: { id: postId, authorId, price, refunded }, buyerId, payerId, feePercent, undoUntil }: Sale,
  at: Date,
): Promise<void> {
  const kind = payerId === undefined ? 'purchase' : 'gift'
  const fee = feeOf(price, feePercent)
  const transferId = await transfer(tx, {
    cause: `${kind}:${postId}:${buyerId}:${refunded}`, // a cause moves coins only once
    kind,
    at,
    postId,
    legs: await paying(tx, { kind, payerId: payerId ?? buyerId, payeeId: authorId, coins: price, fee }),
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
