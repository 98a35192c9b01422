import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { record } from '../../actions/record'
import { requireCoins } from '../../coins/ledger'
import type { Reader, Tx } from '../../db/open'
import type { Account } from '../../ports/people'
import { finishDeletion } from '../../posts/delete'
import { findPost } from '../../posts/feed'
import { posts } from '../../posts/table'
import { Problem } from '../../problem'
import { lookUpPurchase } from '../buy'
import { refund } from '../refund'
import { type Purchase, purchases } from '../table'

const DAY_MS = 24 * 3600_000

/** The time until which a sale can be refunded. */
export const refundableUntil = (at: Date, refundDays: number): Date => new Date(+at + refundDays * DAY_MS)

/** The time since which sales can be refunded now. */
export const refundableSince = (now: Date, refundDays: number): Date => new Date(+now - refundDays * DAY_MS)

/**
 * Refunds a sale within `refundDays`, or later if the buyer asked in time, by its creator or an administrator. The person
 * who paid gets the coins, and the buyer's access ends with this commit. Creators refund only what they still have, since
 * two people who agree could otherwise have the same coins twice. Administrators may leave the creator a debt. They cannot
 * refund their own payments, because otherwise they could see every paid post for free. Returns the refunded purchase.
 */
export async function refundSale(
  tx: Tx,
  me: Account,
  postId: number,
  buyer: { id: number },
  { refundDays, asked }: { refundDays: number; asked?: Date },
  now: Date,
): Promise<Purchase> {
  const { authorId } = await findSold(tx, me, postId)
  const purchase = (await lookUpPurchase(tx, buyer, postId)) ?? (await notHeld(tx, buyer, postId))
  if (authorId !== me.id && (purchase.payerId ?? purchase.buyerId) === me.id)
    throw new Problem('forbidden', 'You paid for this yourself. Its creator or another administrator can refund it.', {
      code: 'own_purchase',
    })
  if ((asked ?? now) > refundableUntil(purchase.at, refundDays)) throw tooOld(refundDays)
  // what can still be undone cannot have been spent
  if (authorId === me.id && !purchase.undoUntil) await requireCoins(tx, me, purchase.price - purchase.fee)
  await refund(tx, purchase, authorId, now)
  await finishDeletion(tx, postId, now)
  const detail = { postId, coins: purchase.price }
  if (authorId !== me.id) await record(tx, { kind: 'sale_refunded', by: me, on: { id: purchase.buyerId }, detail }, now)
  return purchase
}

/** The problem of a sale that was made longer ago than the days for refunds. */
export const tooOld = (days: number) =>
  new Problem(
    'conflict',
    'This sale is too old to be refunded. Refunds are possible for {days} days.',
    { code: 'too_late' },
    { days },
  )

/** Finds one of the person's own posts, or any post for administrators, including deleted ones. */
async function findSold(tx: Tx, me: Account, postId: number): Promise<{ authorId: number }> {
  const [post] = await tx.select({ authorId: posts.authorId }).from(posts).where(eq(posts.id, postId)).limit(1)
  if (post && (post.authorId === me.id || me.role === 'admin')) return post
  await findPost(tx, me, postId)
  throw new Problem('forbidden', 'Only the creator and administrators can refund a sale.')
}

async function notHeld(db: Reader, buyer: { id: number }, postId: number): Promise<never> {
  const [last] = await db
    .select({ id: purchases.id })
    .from(purchases)
    .where(
      and(
        eq(purchases.buyerId, buyer.id),
        eq(purchases.postId, postId),
        isNotNull(purchases.endedAt),
        isNotNull(purchases.refundId),
      ),
    )
    .orderBy(desc(purchases.id))
    .limit(1)
  if (last) throw new Problem('conflict', 'This sale has already been refunded.', { code: 'already_refunded' })
  throw new Problem('not_found', 'They do not have this post.')
}
