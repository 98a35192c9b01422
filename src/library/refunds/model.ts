import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import type { Account } from '../../ports/people'
import { finishDeletion } from '../../posts/delete'
import { findPost } from '../../posts/feed'
import { posts } from '../../posts/table'
import { Problem } from '../../problem'
import { findPurchase } from '../buy'
import { refund } from '../refund'
import { type Purchase, purchases } from '../table'

const DAY_MS = 24 * 3600_000

/** Until when a sale may be taken back. */
export const refundableUntil = (at: Date, refundDays: number): Date => new Date(+at + refundDays * DAY_MS)

/**
 * The creator or the staff give a buyer the coins back, within so many days of the sale; whoever paid a gift gets them. The buyer's access
 * ends with this commit. Gives what was refunded. What one of the staff paid is for the creator or another of them to give back: else a
 * moderator would see all that is sold for nothing.
 */
export async function refundSale(
  tx: Tx,
  me: Account,
  postId: number,
  buyer: { id: number },
  { refundDays }: { refundDays: number },
  now: Date,
): Promise<Purchase> {
  const { authorId } = await findSold(tx, me, postId)
  const purchase = (await findPurchase(tx, buyer, postId)) ?? (await notHeld(tx, buyer, postId))
  if (authorId !== me.id && (purchase.payerId ?? purchase.buyerId) === me.id)
    throw new Problem('forbidden', 'You paid this yourself: its creator or another of the staff can refund it.', {
      code: 'own_purchase',
    })
  if (now > refundableUntil(purchase.at, refundDays))
    throw new Problem(
      'conflict',
      'This sale is too long ago to be refunded: {days} days at most.',
      { code: 'too_late' },
      { days: refundDays },
    )
  await refund(tx, purchase, authorId, now)
  await finishDeletion(tx, postId, now)
  return purchase
}

/** My own post, or any for the staff; deleted ones, too. */
async function findSold(tx: Tx, me: Account, postId: number): Promise<{ authorId: number }> {
  const [post] = await tx.select({ authorId: posts.authorId }).from(posts).where(eq(posts.id, postId)).limit(1)
  if (post && (post.authorId === me.id || me.role !== 'member')) return post
  await findPost(tx, me, postId)
  throw new Problem('forbidden', 'Only its creator and the staff can refund a sale.')
}

async function notHeld(db: Reader, buyer: { id: number }, postId: number): Promise<never> {
  const [last] = await db
    .select({ id: purchases.id })
    .from(purchases)
    .where(and(eq(purchases.buyerId, buyer.id), eq(purchases.postId, postId), isNotNull(purchases.refundId)))
    .orderBy(desc(purchases.id))
    .limit(1)
  if (last) throw new Problem('conflict', 'This has been refunded already.', { code: 'already_refunded' })
  throw new Problem('not_found', 'They do not have this post.')
}
