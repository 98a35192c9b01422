import { and, asc, desc, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import type { Arrivals } from '../media/arrivals'
import { captionFile, type RenditionName, storedFile } from '../media/renditions'
import type { Storage, StoredBytes } from '../media/storage'
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

const { id, uploadId, bytes, sha256, status, renditions, captions } = files
const stored = { id, uploadId, bytes, sha256, status, renditions, captions }

/** Lists every file that is not deleted, with the names its bytes have in the storage. */
export async function* listStored(db: Reader): AsyncGenerator<StoredRow> {
  for (let after = 0; ; ) {
    const rows = await db
      .select(stored)
      .from(files)
      .where(and(gt(files.id, after), isNull(files.deletedAt)))
      .orderBy(asc(files.id))
      .limit(500)
    for (const { status, renditions, captions, sha256, ...row } of rows) {
      const made = Object.entries(status === 'ready' ? renditions : {})
      const sha256s = Object.fromEntries([
        ...made.map(([name, rendition]) => [storedFile(name as RenditionName, rendition), rendition.sha256]),
        ...Object.entries(captions).map(([language, { sha256 }]) => [captionFile(language, sha256), sha256]),
      ])
      yield { ...row, names: ['original', ...Object.keys(sha256s)], sha256s: { ...sha256s, original: sha256 } }
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Where the bytes of files and of uploads are. */
export type Stores = { storage: Storage; arrivals: Arrivals }

/**
 * Opens the bytes of a file. Those of an original may still be where they arrived. A finished upload can be moved at any
 * moment, so its final place is tried again.
 */
export async function openStored(
  { storage, arrivals }: Stores,
  { id, uploadId }: Pick<StoredRow, 'id' | 'uploadId'>,
  name: string,
): Promise<StoredBytes | null> {
  const found = await storage.open(id, name)
  if (found || name !== 'original' || !uploadId) return found
  return (await arrivals.open(uploadId)) ?? (await storage.open(id, name))
}

/** How many ids of files are added up at once, which takes about 10 ms. */
const SPAN = 20_000

/** The sizes of all originals and of all that was made from them. Others have the event loop in between. */
export async function storedByKind(db: Reader): Promise<{ originals: number; renditions: number }> {
  const sum = { originals: 0, renditions: 0 }
  const [newest] = await db.select({ id: files.id }).from(files).orderBy(desc(files.id)).limit(1)
  for (let after = 0; after < (newest?.id ?? 0); after += SPAN) {
    const [some] = await db
      .select({
        originals: sql`coalesce(sum(${files.bytes}), 0)`.mapWith(Number),
        renditions: sql`coalesce(sum(${files.renditionBytes}), 0)`.mapWith(Number),
      })
      .from(files)
      .where(and(gt(files.id, after), lte(files.id, after + SPAN), isNull(files.deletedAt)))
    sum.originals += some!.originals
    sum.renditions += some!.renditions
    await new Promise((others) => setImmediate(others))
  }
  return sum
}

/** The total size of all files that are not deleted, including renditions. */
export async function storedBytes(db: Reader): Promise<number> {
  const [row] = await db
    .select({ bytes: sql<number>`coalesce(sum(${files.bytes} + ${files.renditionBytes}), 0)` })
    .from(files)
    .where(isNull(files.deletedAt))
  return row!.bytes
}
