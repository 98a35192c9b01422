import type { Storage } from './storage'

/** Feeds ask for the same few pictures again and again; large ones are the disk cache's business. */
const LARGEST = 256 * 1024
const MOST_BYTES = 64 * 1024 ** 2

export type Kept = { body: Blob | Uint8Array<ArrayBuffer>; bytes: number; type: string; etag: string }

/**
 * Reads renditions, and keeps the small ones that were asked for last in memory. What is behind a name never changes, and whoever may
 * not see it any more is stopped by the link's epoch before it comes to this.
 */
export function keepHot(storage: Pick<Storage, 'open'>): (fileId: number, name: string) => Promise<Kept | null> {
  const kept = new Map<string, Kept>()
  let held = 0

  function keep(key: string, entry: Kept) {
    if (!kept.has(key)) held += entry.bytes
    kept.set(key, entry)
    for (const [oldest, { bytes }] of kept) {
      if (held <= MOST_BYTES) return
      kept.delete(oldest)
      held -= bytes
    }
  }

  return async (fileId, name) => {
    const key = `${fileId}/${name}`
    const hot = kept.get(key)
    if (hot) {
      kept.delete(key) // asked for last, so forgotten last
      kept.set(key, hot)
      return hot
    }
    const blob = (await storage.open(fileId, name)) as (Blob & { lastModified?: number }) | null
    if (!blob) return null
    const entry = { bytes: blob.size, type: blob.type, etag: `"${blob.size.toString(36)}-${(blob.lastModified ?? 0).toString(36)}"` }
    if (blob.size > LARGEST) return { ...entry, body: blob }
    const small = { ...entry, body: new Uint8Array(await blob.arrayBuffer()) }
    keep(key, small)
    return small
  }
}
