import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import type { Storage } from '../media/storage'
import { listStored, type StoredRow } from './stored'
import { files } from './table'

/** Every stored file is there, and its original has the bytes that were processed; each fault is named. */
export async function auditFiles(db: Reader, storage: Storage): Promise<{ files: number; faults: string[] }> {
  const faults: string[] = []
  let count = 0
  for await (const row of listStored(db)) {
    count++
    const found = await auditFile(storage, row)
    if (found.length && (await isKept(db, row.id))) faults.push(...found) // not when it was deleted while we looked
  }
  return { files: count, faults }
}

async function auditFile(storage: Storage, { id, uploadId, sha256, names }: StoredRow): Promise<string[]> {
  const faults: string[] = []
  for (const name of names) {
    const bytes = await storage.open(id, name)
    const waits = name === 'original' && uploadId && !sha256 // still among the uploads
    if (!bytes && !waits) faults.push(`file ${id}: ${name} is missing`)
    if (bytes && name === 'original' && sha256 && (await hashOf(bytes)) !== sha256) faults.push(`file ${id}: ${name} has changed`)
  }
  return faults
}

const isKept = async (db: Reader, id: number) => (await db.$count(files, and(eq(files.id, id), isNull(files.deletedAt)))) > 0

/** Read as a stream: an original may be gigabytes. What is erased meanwhile has no hash any more. */
async function hashOf(bytes: Blob): Promise<string | undefined> {
  const hasher = new Bun.CryptoHasher('sha256')
  try {
    for await (const chunk of bytes.stream()) hasher.update(chunk)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    return undefined
  }
  return hasher.digest('hex')
}
