import { and, eq, isNull } from 'drizzle-orm'
import type { FlagField } from '../../shapes/words'
import type { Tx } from '../db/open'
import { NOTES } from '../notifications/notes'
import { notify } from '../notifications/notify'
import { tellStaff } from '../notifications/staff'
import type { Person } from '../ports/people'
import { type Flag, flags } from './table'

/** A text of somebody with words of the list, which is held or marked. */
export type Flagged = Pick<Flag, 'field' | 'effect' | 'words'> & { text: string }

type Place = { postId?: number; commentId?: number }

/** Whether a text in this field has to wait for the staff. */
export const isHeld = (flagged: Flagged[], field: FlagField): boolean =>
  flagged.some((each) => each.field === field && each.effect === 'hold')

/** Puts a text before the staff. A newer text in the same place takes the place of the one before. */
export async function flag(
  tx: Tx,
  author: Pick<Person, 'id'>,
  { postId, commentId }: Place,
  flagged: Flagged[],
  now: Date,
): Promise<void> {
  for (const { field, effect, words, text } of flagged) {
    const same = commentId ? eq(flags.commentId, commentId) : postId ? eq(flags.postId, postId) : undefined
    const open = and(eq(flags.userId, author.id), eq(flags.field, field), same, isNull(flags.settledAt))
    await tx.delete(flags).where(open)
    const where = { userId: author.id, postId: postId ?? null, commentId: commentId ?? null }
    await tx.insert(flags).values({ at: now, effect, words, field, ...where, text })
    await tellStaff(tx, NOTES.flagWaits, now)
    if (effect === 'hold') await notify(tx, { userId: author.id, kind: 'staff', note: NOTES.textHeld.note, at: now })
  }
}

/** Forgets the copy of a text whose post or comment is deleted. */
export const forgetFlagged = (tx: Tx, { postId, commentId }: Place) =>
  tx
    .update(flags)
    .set({ text: null })
    .where(commentId ? eq(flags.commentId, commentId) : eq(flags.postId, postId ?? 0))

/** Erases the flags of a deleted account. There are few enough for one transaction. */
export async function eraseFlagsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.delete(flags).where(eq(flags.userId, user.id))
  return false
}
