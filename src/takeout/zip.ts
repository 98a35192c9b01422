import { open } from 'node:fs/promises'
import { makeZip } from 'client-zip'
import type { Entry } from './gather'

/**
 * Writes the entries into a new zip and flushes it to the disk. Photos and videos are compressed already, so nothing is
 * compressed again. Returns its size in bytes.
 */
export async function writeZip(path: string, entries: AsyncIterable<Entry>, signal?: AbortSignal): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of makeZip(entries)) {
      signal?.throwIfAborted()
      await file.writeFile(chunk)
      bytes += chunk.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}
