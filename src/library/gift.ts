import type { Tx } from '../db/open'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { findOffer, findPurchase, refuseUnlessOffered, sell, type Terms } from './buy'

/**
 * Pays a post for somebody else, in one transaction: it lies in their library as if they had bought it. Both have to see it; refusals
 * come in the order of buying. An author gives away nothing of their own this way: their coins would come back to them as earned ones.
 */
export async function give(
  tx: Tx,
  me: Pick<Person, 'id'>,
  to: Pick<Person, 'id'>,
  postId: number,
  terms: Terms,
  now: Date,
): Promise<void> {
  const { price, feePercent = 0 } = terms
  await findOffer(tx, me, postId)
  if (to.id === me.id)
    throw new Problem('conflict', 'This is a gift for yourself. Buy the post instead.', { code: 'self_gift' })
  if (await findPurchase(tx, to, postId))
    throw new Problem('conflict', 'They have it already.', { code: 'already_bought' })
  const post = await findOffer(tx, to, postId).catch(notForThem)
  if (post.authorId === to.id) throw new Problem('conflict', 'It is their own post.', { code: 'own_post' })
  if (post.authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  refuseUnlessOffered(post, price)
  await sell(tx, { post, buyerId: to.id, payerId: me.id, feePercent }, now)
  await notify(tx, { userId: to.id, kind: 'gift', actorId: me.id, postId, coins: price, at: now })
  await notify(tx, { userId: post.authorId, kind: 'purchase', actorId: me.id, postId, coins: price, at: now })
}

function notForThem(): never {
  throw new Problem('not_found', 'This post is not for them to see.')
}
