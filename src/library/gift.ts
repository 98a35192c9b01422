import { requireCoins } from '../coins/ledger'
import { findPayee } from '../coins/payee'
import type { Tx } from '../db/open'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { findOffer, lookUpOffer, lookUpPurchase, refuseUnlessOffered, sell, type Terms } from './buy'

/**
 * Buys a post for another person in one transaction. The post appears in their library as if they had bought it. Both
 * people must be allowed to see the post. Only a giver who sends the right price and has the coins learns that the
 * recipient already has the post or cannot see it, so that nobody can probe for this without coins. Authors cannot give
 * away their own posts, because their coins would come back to them as earned coins.
 */
export async function giveGift(
  tx: Tx,
  me: Pick<Person, 'id'>,
  handle: string,
  postId: number,
  terms: Terms,
  now: Date,
): Promise<Person> {
  const { price, feePercent = 0 } = terms
  const offer = await findOffer(tx, me, postId)
  if (offer.authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  refuseUnlessOffered(offer, price)
  await requireCoins(tx, me, price)
  const to = await findPayee(tx, me, handle)
  if (to.id === me.id)
    throw new Problem('conflict', 'You cannot give a gift to yourself. Buy the post instead.', { code: 'self_gift' })
  const post = await lookUpOffer(tx, to, postId)
  if (post?.isHeld ?? (await lookUpPurchase(tx, to, postId)))
    throw new Problem('conflict', 'They already have this post.', { code: 'already_bought' })
  if (!post) throw new Problem('not_found', 'They cannot see this post.')
  if (post.authorId === to.id) throw new Problem('conflict', 'This is their own post.', { code: 'own_post' })
  await sell(tx, { post, buyerId: to.id, payerId: me.id, feePercent }, now)
  await notify(tx, { userId: to.id, kind: 'gift', actorId: me.id, postId, coins: price, at: now })
  await notify(tx, { userId: post.authorId, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
  return to
}
