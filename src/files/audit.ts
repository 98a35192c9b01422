import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { nullIfMissing } from '../error-code'
import { sha256OfStream } from '../media/hash'
import type { StoredBytes } from '../media/storage'
import { listStored, openStored, type StoredRow, type Stores } from './stored'
import { files } from './table'

/** Checks that every file is in the storage with the bytes it was stored with, and describes each fault. */
export async function auditFiles(db: Reader, stores: Stores): Promise<{ files: number; faults: string[] }> {
  const faults: string[] = []
  let count = 0
  for await (const row of listStored(db)) {
    count++
    const found = await auditFile(stores, row)
    // a file deleted during the audit has no fault
    if (found.length && (await isKept(db, row.id))) faults.push(...found)
  }
  return { files: count, faults }
}

async function auditFile(stores: Stores, row: StoredRow): Promise<string[]> {
  const { id, names, sha256s } = row
  const faults: string[] = []
  for (const name of names) {
    const bytes = await openStored(stores, row, name)
    const sha256 = sha256s[name]
    if (!bytes) faults.push(`file ${id}: ${name} is missing`)
    if (bytes && sha256 && (await hashOf(bytes)) !== sha256) faults.push(`file ${id}: ${name} has changed`)
  }
  return faults
}

const isKept = async (db: Reader, id: number) =>
  (await db.$count(files, and(eq(files.id, id), isNull(files.deletedAt)))) > 0

/** Returns undefined when the bytes are erased while they are read. */
async function hashOf(bytes: StoredBytes): Promise<string | undefined> {
  return (await sha256OfStream(bytes).catch(nullIfMissing)) ?? undefined
}
