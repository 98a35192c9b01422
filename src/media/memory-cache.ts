import { nullIfMissing } from '../error-code'
import type { Remote, Storage, StoredBytes } from './storage'

/**
 * The largest file kept in memory. Feeds request the same few small pictures again and again; larger files are left to
 * the system's disk cache.
 */
const LARGEST = 256 * 1024
const MOST_BYTES = 64 * 1024 ** 2
/** Roughly the memory needed to remember the place of a large file. */
const KNOWING_BYTES = 1024

export type Kept = {
  body: Blob | Uint8Array<ArrayBuffer> | { remote: Remote }
  bytes: number
  type: string
  etag: string
}
export type MemoryCache = ReturnType<typeof createMemoryCache>

/**
 * Reads renditions and keeps the most recently requested ones in memory: the bytes of small files and the places of
 * large ones. The epoch of a link is checked before this cache is used. The bytes behind a name change only when their
 * author edits the file, which raises its epoch, and then `forget` is called before links of the new epoch exist.
 */
export function createMemoryCache(storage: Pick<Storage, 'open'>) {
  const kept = new Map<string, Kept>()
  let held = 0
  let forgotten = 0
  let [hits, misses] = [0, 0]
  const weightOf = ({ body }: Kept) => (body instanceof Uint8Array ? body.length : KNOWING_BYTES)

  function keep(key: string, entry: Kept) {
    if (!kept.has(key)) held += weightOf(entry)
    kept.set(key, entry)
    for (const [oldest, old] of kept) {
      if (held <= MOST_BYTES) return
      kept.delete(oldest)
      held -= weightOf(old)
    }
  }

  function recall(fileId: number, name: string): Kept | undefined {
    const key = `${fileId}/${name}`
    const known = kept.get(key)
    if (!known) return undefined
    hits++
    kept.delete(key) // moves the most recently requested entry to the end
    kept.set(key, known)
    return known
  }

  async function find(fileId: number, name: string): Promise<Kept | null> {
    const known = recall(fileId, name)
    if (known) return known
    const before = forgotten
    misses++
    const stored = await storage.open(fileId, name)
    if (!stored) return null
    const { bytes, type, etag, at } = stored
    const whole = 'file' in at ? at.file : at
    const body = bytes <= LARGEST ? await readAll(stored) : whole
    if (!body) return null
    const entry: Kept = { bytes, type, etag, body }
    if (forgotten === before) keep(`${fileId}/${name}`, entry)
    return entry
  }

  /** Drops what is kept of these files, also what is being read now. */
  function forget(fileIds: ReadonlySet<number>) {
    forgotten++
    for (const [key, entry] of kept) {
      if (!fileIds.has(Number.parseInt(key, 10))) continue
      kept.delete(key)
      held -= weightOf(entry)
    }
  }

  return { recall, find, forget, state: () => ({ bytes: held, hits, misses }) }
}

/** Returns null when the bytes are deleted meanwhile. A part of them is never kept. */
async function readAll(stored: StoredBytes): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes = new Uint8Array(await new Response(stored.stream()).arrayBuffer())
    if (bytes.length !== stored.bytes) throw new Error(`Only ${bytes.length} of ${stored.bytes} bytes arrived.`)
    return bytes
  } catch (error) {
    return nullIfMissing(error)
  }
}
