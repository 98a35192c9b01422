import type { Reader } from '../db/open'
import type { Storage } from '../media/storage'
import { listStored } from './stored'

/** Every stored file is there, and its original has the bytes that were processed; each fault is named. */
export async function auditFiles(db: Reader, storage: Storage): Promise<{ files: number; faults: string[] }> {
  const faults: string[] = []
  let files = 0
  for await (const { id, uploadId, sha256, names } of listStored(db)) {
    files++
    for (const name of names) {
      const bytes = await storage.open(id, name)
      const waits = name === 'original' && uploadId && !sha256 // still among the uploads
      if (!bytes && !waits) faults.push(`file ${id}: ${name} is missing`)
      if (bytes && name === 'original' && sha256 && (await hashOf(bytes)) !== sha256) faults.push(`file ${id}: ${name} has changed`)
    }
  }
  return { files, faults }
}

/** Read as a stream: an original may be gigabytes. */
async function hashOf(bytes: Blob): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  for await (const chunk of bytes.stream()) hasher.update(chunk)
  return hasher.digest('hex')
}
