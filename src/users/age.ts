import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { invalidFields } from '../problem'
import { users } from './table'

/**
 * Asks buyers of coins once to confirm that they are as old as the host's law asks. It is their own word: nothing here
 * checks it.
 */
export async function requireAge(
  tx: Tx,
  me: { id: number; buyerAge: number | null },
  asked: number | null,
  confirmed: boolean | undefined,
): Promise<void> {
  if (asked === null || (me.buyerAge ?? 0) >= asked) return
  if (!confirmed) throw invalidFields({ path: 'age', message: 'Please confirm your age.' })
  await tx.update(users).set({ buyerAge: asked }).where(eq(users.id, me.id))
}
