import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { touchPost } from '../db/tell'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { authorIdOf } from '../posts/author-id'
import { finishDeletion } from '../posts/delete'
import { Problem } from '../problem'
import { lookUpPurchase } from './buy'
import { refund } from './refund'
import { purchases } from './table'

/** How long a purchase can be undone, where the host allows it. Until then nothing is shown. */
export const UNDO_MS = 10_000

const notInLibrary = () => new Problem('not_found', 'This is not in your library.')

/** Shows what was bought, after which it cannot be undone, and tells the author of the sale. */
export async function showPurchase(tx: Tx, id: number, now: Date): Promise<void> {
  const waiting = and(eq(purchases.id, id), isNotNull(purchases.undoUntil), isNull(purchases.endedAt))
  const [shown] = await tx.update(purchases).set({ undoUntil: null }).where(waiting).returning()
  if (!shown) return
  const { buyerId, postId, price } = shown
  touchPost(tx, buyerId, postId)
  await notify(tx, {
    userId: await authorIdOf(tx, postId),
    kind: 'purchase',
    actorId: buyerId,
    postId,
    coins: price,
    at: now,
  })
}

/** Shows one of my purchases before the time to undo it is over. */
export async function showMine(tx: Tx, me: Pick<Person, 'id'>, postId: number, now: Date): Promise<void> {
  const purchase = await lookUpPurchase(tx, me, postId)
  if (!purchase) throw notInLibrary()
  await showPurchase(tx, purchase.id, now)
}

/** Undoes a purchase of mine that was not shown yet: its coins come back as they were. */
export async function undoPurchase(tx: Tx, me: Pick<Person, 'id'>, postId: number, now: Date): Promise<void> {
  const purchase = await lookUpPurchase(tx, me, postId)
  if (!purchase) throw notInLibrary()
  if (!purchase.undoUntil || now > purchase.undoUntil)
    throw new Problem('conflict', 'This purchase cannot be undone any more.', { code: 'too_late' })
  await refund(tx, purchase, await authorIdOf(tx, postId), now)
  await finishDeletion(tx, postId, now)
}
