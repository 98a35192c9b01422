import { and, asc, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { forgetNoticesOf } from '../notifications/model'
import { inNoDraft } from '../posts/draft/files'
import { deleteFile, noAvatar } from './model'
import { files } from './table'

const DAY_MS = 24 * 3600_000
/** How long an upload may stay without a post or a draft before it is deleted. */
const LOOSE_MS = 7 * DAY_MS
/** How long the row of a deleted file is kept. Links live at most half as long, so its epoch is no longer needed. */
const DELETED_MS = DAY_MS
const CHUNK = 100

/** Deletes a chunk of the files that are not in use. Returns true when there may be more. */
export async function sweepLoose(tx: Tx, now: Date): Promise<boolean> {
  const loose = await tx
    .select({ id: files.id })
    .from(files)
    .where(
      and(
        isNull(files.postId),
        isNull(files.deletedAt),
        lt(files.createdAt, new Date(+now - LOOSE_MS)),
        noAvatar(tx),
        inNoDraft(tx),
      ),
    )
    .limit(CHUNK)
  for (const { id } of loose) await deleteFile(tx, id, now)
  return loose.length === CHUNK
}

/** Removes a chunk of the rows of deleted files. Returns true when there may be more. */
export async function forgetDeleted(tx: Tx, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(isNotNull(files.deletedAt), lt(files.deletedAt, new Date(+now - DELETED_MS))))
    .orderBy(asc(files.deletedAt))
    .limit(CHUNK)
  const ids = rows.map(({ id }) => id)
  await forgetNoticesOf(tx, ids)
  await tx.delete(files).where(inArray(files.id, ids))
  return ids.length === CHUNK
}
