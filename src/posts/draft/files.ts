import { eq, inArray, notExists, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { files } from '../../files/table'
import { draftFiles } from './table'

/** Takes files out of the draft that holds them, since they are deleted or join a post. */
export async function takeFromDraft(tx: Tx, fileIds: number[]): Promise<void> {
  if (fileIds.length) await tx.delete(draftFiles).where(inArray(draftFiles.fileId, fileIds))
}

/** An SQL condition: the file is in no draft. */
export const inNoDraft = (db: Reader) =>
  notExists(db.select({ one: sql`1` }).from(draftFiles).where(eq(draftFiles.fileId, files.id)))
