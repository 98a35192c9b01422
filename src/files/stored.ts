import { and, asc, gt, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { type RenditionName, storedFile } from '../media/renditions'
import { files } from './table'

export type StoredRow = {
  id: number
  /** Set while the original may still be in the uploads folder. */
  uploadId: string | null
  bytes: number
  names: string[]
  /** The SHA-256 of each name, where it is known. */
  sha256s: Record<string, string | null>
}

const { id, uploadId, bytes, sha256, status, renditions } = files
const stored = { id, uploadId, bytes, sha256, status, renditions }

/** Lists every file that is not deleted, with the names its bytes have in the storage. */
export async function* listStored(db: Reader): AsyncGenerator<StoredRow> {
  for (let after = 0; ; ) {
    const rows = await db
      .select(stored)
      .from(files)
      .where(and(gt(files.id, after), isNull(files.deletedAt)))
      .orderBy(asc(files.id))
      .limit(500)
    for (const { status, renditions, sha256, ...row } of rows) {
      const made = Object.entries(status === 'ready' ? renditions : {})
      const sha256s = Object.fromEntries(
        made.map(([name, rendition]) => [storedFile(name as RenditionName, rendition), rendition.sha256]),
      )
      yield { ...row, names: ['original', ...Object.keys(sha256s)], sha256s: { ...sha256s, original: sha256 } }
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/**
 * The paths in the data folder where these bytes may be, in the order to try them. A finished upload can be moved at
 * any moment, so the final path is tried again after the uploads folder.
 */
export function placesOf({ id, uploadId }: StoredRow, name: string): string[] {
  const place = `media/${id}/${name}`
  return name === 'original' && uploadId ? [place, `uploads/${uploadId}`, place] : [place]
}

/** The total size of all files that are not deleted, including renditions. */
export async function storedBytes(db: Reader): Promise<number> {
  const [row] = await db
    .select({ bytes: sql<number>`coalesce(sum(${files.bytes} + ${files.renditionBytes}), 0)` })
    .from(files)
    .where(isNull(files.deletedAt))
  return row!.bytes
}
