import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../error-code'
import { log } from '../log'
import { node } from '../node'
import { fromWeb } from '../web-streams'
import { StoreAway } from './away'
import { folderStorage } from './folder-storage'
import { placeOf, type StoredFile } from './storage'

/** Copies on this machine of renditions that are stored elsewhere. */
export type Cache = {
  /** Returns the copy, and counts this as a use of its file. */
  find(fileId: number, name: string): Promise<Blob | null>
  /** The size and time of the original of a copy. */
  about(fileId: number, name: string): Promise<Pick<StoredFile, 'bytes' | 'changedAt'> | null>
  /** Whether so many bytes may be kept. A few large files must not displace everything else. */
  takes(bytes: number): boolean
  /**
   * Makes a copy and returns it, or null when this disk cannot hold it. Requests for the same bytes at the same time
   * share one copy.
   */
  fill(of: StoredFile, fetch: () => Promise<ReadableStream<Uint8Array>>): Promise<Blob | null>
  drop(fileId: number): Promise<void>
  /** Reads what an earlier run left. */
  ready: Promise<void>
  stop(): void
}

/** The largest share of the cache that one file may take. */
const LARGEST_SHARE = 4
/**
 * Copies are made again after this time, so that what was deleted or changed through another node does not stay longer.
 * A node that starts learns which files were changed since then.
 */
const LIFE_MS = 12 * 3600_000
const SWEEP_MS = 3600_000

/**
 * Keeps copies as `dir/{fileId}/{name}`, at most `mostBytes` together. The files that were requested longest ago are
 * dropped first. A copy gets its name when it is complete and on the disk, so a crash leaves no part of one.
 */
export function openCache(dir: string, mostBytes: number): Cache {
  const folder = folderStorage(dir)
  const incoming = join(dir, 'incoming')
  /** The bytes of each file, the one that was used last at the end. */
  const held = new Map<number, { bytes: number; since: number }>()
  const filling = new Map<string, Promise<Blob | null>>()
  let total = 0

  function count(fileId: number, bytes: number, since: number) {
    const before = held.get(fileId)
    held.delete(fileId)
    held.set(fileId, { bytes: (before?.bytes ?? 0) + bytes, since: before?.since ?? since })
    total += bytes
  }

  async function drop(fileId: number) {
    total -= held.get(fileId)?.bytes ?? 0
    held.delete(fileId)
    await folder.delete(fileId)
  }

  async function makeRoom() {
    for (const [oldest] of held) {
      if (total <= mostBytes) return
      await drop(oldest)
    }
  }

  async function dropOld() {
    const oldest = Date.now() - LIFE_MS
    for (const [fileId, { since }] of held) if (since < oldest) await drop(fileId)
  }

  async function restore() {
    await rm(incoming, { recursive: true, force: true })
    const left: (StoredFile & { since: number })[] = []
    for await (const file of folder.list()) {
      const { ctimeMs } = await stat(join(dir, placeOf(file.fileId, file.name)))
      left.push({ ...file, since: ctimeMs })
    }
    for (const { fileId, bytes, since } of left.sort((a, b) => a.since - b.since)) count(fileId, bytes, since)
    for (const id of await readdir(dir).catch(() => []))
      if (!held.has(Number(id))) await rm(join(dir, id), { recursive: true, force: true })
    await dropOld()
    await makeRoom()
  }

  const ready = restore().catch((error) => log.warn('The cache of photos could not be read', { error }))
  const timer = setInterval(() => void dropOld().catch(() => {}), SWEEP_MS)
  timer.unref()

  async function find(fileId: number, name: string): Promise<Blob | null> {
    await ready
    const known = held.get(fileId)
    if (!known) return null
    held.delete(fileId)
    held.set(fileId, known)
    const file = Bun.file(join(dir, placeOf(fileId, name)))
    return (await file.exists()) ? file : null
  }

  async function make({ fileId, name, bytes, changedAt }: StoredFile, fetch: Parameters<Cache['fill']>[1]) {
    await ready
    const draft = join(incoming, crypto.randomUUID())
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      await node.stream.promises.pipeline(fromWeb(await fetch()), createWriteStream(draft, { mode: 0o600 }))
      if ((await stat(draft)).size !== bytes) throw new Error('The copy is incomplete.')
      await utimes(draft, new Date(changedAt), new Date(changedAt))
      await folder.put(fileId, name, draft)
    } catch (error) {
      if (error instanceof StoreAway || errorCode(error) === 'ENOENT') throw error
      log.warn('A copy of a photo could not be kept', { error })
      return null
    } finally {
      await rm(draft, { force: true })
    }
    count(fileId, bytes, Date.now())
    await makeRoom()
    return await find(fileId, name)
  }

  return {
    find,
    async about(fileId, name) {
      const copy = await find(fileId, name)
      const found = copy && (await stat(join(dir, placeOf(fileId, name))).catch(() => null))
      return found && { bytes: found.size, changedAt: found.mtimeMs }
    },
    takes: (bytes) => bytes * LARGEST_SHARE <= mostBytes,
    fill(of, fetch) {
      const place = placeOf(of.fileId, of.name)
      const made = filling.get(place) ?? make(of, fetch).finally(() => filling.delete(place))
      filling.set(place, made)
      return made
    },
    drop,
    ready,
    stop: () => clearInterval(timer),
  }
}
