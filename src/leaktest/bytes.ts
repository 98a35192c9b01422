import type { App } from '../context'
import { errorCode } from '../error-code'
import { renditionFile } from '../media/renditions'
import type { Storage, StoredBytes } from '../media/storage'
import type { Class, Rules } from './rules'
import { sizeOfWebp } from './webp'

/** A file in the storage. */
export type StoredFile = { id: number; names: string[] }
type Place = { file: number; name: string }
type Who = { id: number | null }
export type Judge = ReturnType<typeof createJudge>

/** The longest side of a preview in pixels. People who have not paid may see previews, so they must not show more. */
const PREVIEW_PX = 32

/** The smallest unlocked rendition of both photos and videos. For a small original it has the original's size. */
const SMALLEST_OF_ALL = renditionFile('thumb')

const classOf = (name: string) => name.split('/')[0] as Class

/** The names of a file’s bytes that are previews, or those of all others. */
export const namesOf = ({ names }: StoredFile, what: Class) => names.filter((name) => classOf(name) === what)

/** Lists everything in the storage, with or without a row in the database. */
export async function listFiles(storage: Storage): Promise<StoredFile[]> {
  const found = new Map<number, string[]>()
  for await (const { fileId, name } of storage.list()) found.set(fileId, [...(found.get(fileId) ?? []), name])
  return [...found].map(([id, names]) => ({ id, names: names.sort() })).sort((a, b) => a.id - b.id)
}

/** Picks at most `most` items, spread evenly from the oldest to the newest. */
export function sample<T>(all: T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(all.length, most) }, (_, at) => all[Math.floor(at * step)]!)
}

/** Decides from the bytes themselves, not from their address, whether somebody received something they may not have. */
export function createJudge(storage: Storage, files: StoredFile[], rules: Rules) {
  const places = new Map<string, Place[]>()
  const byId = new Map(files.map((file) => [file.id, file]))
  const known = new Set<number>()

  /** Hashes a file when it is first mentioned. Links say which file they are for. */
  async function know(id: number) {
    const file = byId.get(id)
    if (!file || known.has(id)) return
    known.add(id)
    for (const name of file.names) {
      const stored = await storage.open(id, name)
      const hash = stored && (await hashOf(stored.stream()))
      if (hash) places.set(hash, [...(places.get(hash) ?? []), { file: id, name }])
    }
  }

  async function wrong(who: Who, { file, name }: Place, body: Uint8Array): Promise<string | null> {
    const what = classOf(name)
    if (!rules.mayHave(who, file, what)) return `file ${file}: ${name}`
    if (what !== 'preview' || rules.mayHave(who, file, 'full')) return null
    const fault = largePreview(body) ?? ((await isAllOfIt(file, body)) ? 'is as large as the picture itself' : null)
    return fault && `file ${file}: ${name} ${fault}`
  }

  /**
   * Whether the preview is as large as the picture, which gives a small picture away. A single pixel cannot be
   * protected.
   */
  async function isAllOfIt(file: number, preview: Uint8Array): Promise<boolean> {
    const stored = await storage.open(file, SMALLEST_OF_ALL)
    const [whole, shown] = [stored && longerOf(await bytesOf(stored)), longerOf(preview)]
    return !!whole && !!shown && shown > 1 && shown >= whole
  }

  return {
    /**
     * Describes what the person received without permission; null when nothing leaked. With `isMedia`, bytes that are
     * stored nowhere count as a leak.
     */
    async leakIn(who: Who, body: Uint8Array, fileId: number, isMedia = true): Promise<string | null> {
      if (!body.length) return null
      await know(fileId)
      const found = places.get(hashOfBytes(body))
      if (!found) return isMedia ? `received ${body.length} bytes as file ${fileId} that match no stored file` : null
      const faults = await Promise.all(found.map((place) => wrong(who, place, body)))
      // the same photo may be stored twice, and the person may have one of the copies
      return faults.every(Boolean) ? faults[0]! : null
    },
    isStored: async (id: number, name: string) => (await storage.open(id, name)) !== null,
    async bytesOf(id: number, name: string) {
      const stored = await storage.open(id, name)
      return stored ? await bytesOf(stored) : undefined
    },
  }
}

/** Describes why a picture is too large to be shown to everybody; null when it is small enough. */
export function largePreview(body: Uint8Array): string | null {
  const size = sizeOfWebp(body)
  if (!size) return 'has a format that cannot be measured'
  return size.width > PREVIEW_PX || size.height > PREVIEW_PX ? `is ${size.width} × ${size.height} pixels` : null
}

function longerOf(webp: Uint8Array): number | null {
  const size = sizeOfWebp(webp)
  return size && Math.max(size.width, size.height)
}

const bytesOf = (stored: StoredBytes) => new Response(stored.stream()).bytes()

const hashOfBytes = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** Hashes a stream, because an original may be gigabytes. Returns undefined when the file is erased meanwhile. */
async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const hasher = new Bun.CryptoHasher('sha256')
  try {
    for await (const chunk of chunks) hasher.update(chunk)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return undefined
  }
  return hasher.digest('hex')
}

/** Signs a link that works now, whatever was taken back before. */
export const urlOf = ({ mediaUrls }: Pick<App, 'mediaUrls'>, viewer: number, file: number, name: string): string =>
  mediaUrls.urlOf({ viewer, file, asOf: mediaUrls.moment() }, name as `full/${string}`)
