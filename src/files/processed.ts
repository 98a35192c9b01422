import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Edit } from '../../shapes/edits'
import type { Tx } from '../db/open'
import { touchFile } from '../db/tell'
import { messageOf, type Note } from '../media/errors'
import type { Rendition } from '../media/renditions'
import { countStorage } from '../users/model'
import { type Message, messageColumns } from './message'
import { type Captions, type FileRow, files, type MadeFrom } from './table'

const alive = isNull(files.deletedAt)

export type Processed = Pick<FileRow, 'width' | 'height' | 'duration' | 'placeholder' | 'sha256'> & {
  renditions: Record<string, Rendition>
  madeFrom?: MadeFrom
  note?: Note | undefined
}

/**
 * Returns the updated row, or undefined when the file was deleted in the meantime or its author wants another edit than
 * the one from which it was made.
 */
export async function markReady(
  tx: Tx,
  id: number,
  { renditions, note, ...processed }: Processed,
): Promise<FileRow | undefined> {
  const [before] = await tx.select().from(files).where(stillWanted(id, processed.madeFrom?.edit)).limit(1)
  if (!before) return undefined
  const renditionBytes = bytesOf(renditions) + bytesOfCaptions(before.captions)
  const ready = {
    ...processed,
    renditions,
    renditionBytes,
    status: 'ready',
    progress: 1,
    ...messageColumns(note && { ...note, message: messageOf(note) }),
  } as const
  const [file] = await tx.update(files).set(ready).where(eq(files.id, id)).returning()
  touchFile(tx, file!)
  await countStorage(tx, file!.ownerId, renditionBytes - before.renditionBytes)
  return file
}

const bytesOfCaptions = (captions: Captions) => Object.values(captions).reduce((sum, { bytes }) => sum + bytes, 0)

const bytesOf = (renditions: Record<string, Rendition>) =>
  Object.values(renditions).reduce((sum, { bytes, sameAs }) => sum + (sameAs ? 0 : bytes), 0)

/** Adds renditions to a file that is as it was when they were made from it. Returns false when it is not. */
export async function addRenditions(tx: Tx, before: FileRow, more: Record<string, Rendition>): Promise<boolean> {
  const same = and(eq(files.id, before.id), eq(files.status, 'ready'), eq(files.renditions, before.renditions), alive)
  const renditions = { ...before.renditions, ...more }
  const added = { renditions, renditionBytes: sql`${files.renditionBytes} + ${bytesOf(more)}` }
  const [file] = await tx.update(files).set(added).where(same).returning()
  if (!file) return false
  touchFile(tx, file)
  await countStorage(tx, file.ownerId, bytesOf(more))
  return true
}

/** The file is still to be processed in this way. */
const stillWanted = (id: number, edit: Edit = {}) =>
  and(eq(files.id, id), eq(files.status, 'processing'), eq(files.edit, edit), alive)

/** Returns undefined when the file was no longer processing, or its author wants another edit. */
export async function markFailed(
  tx: Tx,
  { id, edit }: Pick<FileRow, 'id' | 'edit'>,
  error: Message,
): Promise<FileRow | undefined> {
  const failed = { status: 'failed', ...messageColumns(error) } as const
  const [file] = await tx.update(files).set(failed).where(stillWanted(id, edit)).returning()
  if (file) touchFile(tx, file)
  return file
}

/** Stores how far a file is, from 0 to 1, as long as its renditions are being made. */
export async function setProgress(tx: Tx, id: number, progress: number): Promise<void> {
  const [file] = await tx
    .update(files)
    .set({ progress })
    .where(and(eq(files.id, id), eq(files.status, 'processing')))
    .returning()
  if (file) touchFile(tx, file)
}
