import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { finishDeletion } from '../posts/delete'
import { purchases } from './table'

const CHUNK = 50

/**
 * Ends a chunk of the purchases of an erased account. Files of deleted posts that no other buyer holds are erased.
 * Returns true when there may be more.
 */
export async function eraseLibraryOf(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
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
