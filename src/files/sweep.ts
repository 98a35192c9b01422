import { and, asc, inArray, isNotNull, isNull, lt, max } from 'drizzle-orm'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { log } from '../log'
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

/**
 * Erases stored bytes of files that no longer exist. Normally their job has done it, but a server that was killed while
 * it stored renditions of a file that was deleted at the same time may have left some. Files with an id that no row has
 * reached are left alone: they are newer than this database, which then comes from a backup.
 */
export async function sweepOrphans({ db, storage, now }: App, signal: AbortSignal): Promise<void> {
  const newest = (await db.select({ id: max(files.id) }).from(files))[0]?.id ?? 0
  let seen = new Set<number>()
  for await (const { fileId, changedAt } of storage.list()) {
    if (fileId <= newest && changedAt < +now() - DAY_MS) seen.add(fileId)
    if (seen.size < CHUNK) continue
    await eraseDead(seen)
    seen = new Set()
  }
  await eraseDead(seen)

  async function eraseDead(ids: Set<number>) {
    const alive = await db
      .select({ id: files.id })
      .from(files)
      .where(and(inArray(files.id, [...ids]), isNull(files.deletedAt)))
    for (const id of ids.difference(new Set(alive.map((file) => file.id)))) {
      signal.throwIfAborted()
      log.info('Bytes of a file that no longer exists are erased', { file: id })
      await storage.delete(id)
    }
  }
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
