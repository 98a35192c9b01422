import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { eraseComment } from './model'
import { comments } from './table'

const CHUNK = 100

/** Erases a batch of the comments of a deleted account; returns true when there may be more. */
export const eraseCommentsOf = (tx: Tx, user: { id: number }, now: Date) =>
  eraseSome(tx, eq(comments.authorId, user.id), now)

/** Erases a batch of the comments under a deleted post; returns true when there may be more. */
export const eraseCommentsOn = (tx: Tx, postId: number, now: Date) => eraseSome(tx, eq(comments.postId, postId), now)

async function eraseSome(tx: Tx, which: ReturnType<typeof eq>, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: comments.id })
    .from(comments)
    .where(and(which, isNull(comments.deletedAt)))
    .limit(CHUNK)
  for (const row of rows) await eraseComment(tx, row, now)
  return rows.length === CHUNK
}
