import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { finishDeletion } from '../posts/delete'
import { purchases } from './table'

const CHUNK = 50

/** Some of the library of somebody who is gone; what nobody else holds and its author deleted goes with it. True when there may be more. */
export async function leaveLibrary(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: purchases.id, postId: purchases.postId })
    .from(purchases)
    .where(and(eq(purchases.buyerId, user.id), isNull(purchases.endedAt)))
    .limit(CHUNK)
  for (const { id, postId } of rows) {
    await tx.update(purchases).set({ endedAt: now }).where(eq(purchases.id, id))
    await finishDeletion(tx, postId, now)
  }
  return rows.length === CHUNK
}
