import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { indexNames } from './names'
import { users } from './table'

/** Sets a name or bio after the staff have looked at it: to the text that waited, or back to what says nothing. */
export async function setProfileText(
  tx: Tx,
  userId: number,
  field: 'displayName' | 'bio',
  text: string | null,
): Promise<void> {
  const [user] = await tx
    .select({ handle: users.handle })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
  if (!user) return
  const value = text ?? (field === 'bio' ? '' : user.handle)
  await tx
    .update(users)
    .set({ [field]: value })
    .where(eq(users.id, userId))
  if (field === 'displayName') await indexNames(tx, { id: userId, handle: user.handle, displayName: value })
}
