import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { drafts } from './table'

/** Takes a collection that is deleted out of the draft that names it. Pages that show the draft load it again. */
export async function forgetCollection(tx: Tx, collectionId: number, now: Date): Promise<void> {
  await tx.update(drafts).set({ collectionId: null, savedAt: now }).where(eq(drafts.collectionId, collectionId))
}
