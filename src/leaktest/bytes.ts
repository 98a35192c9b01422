import { renditionFile } from '../media/renditions'
import type { Storage } from '../media/storage'
import type { Class, Rules } from './rules'
import { sizeOfWebp } from './webp'

/** A file as it lies in the storage. */
export type StoredFile = { id: number; names: string[] }
type Place = { file: number; name: string }
type Who = { id: number | null }
export type Judge = ReturnType<typeof createJudge>

/** A preview may be looked at by who has not paid, so there is nothing in it: at most so many pixels a side. */
const PREVIEW_PX = 32

/** What photos and videos have, and is as large as they are when they are smaller than a thumb. */
const SMALLEST_OF_ALL = renditionFile('thumb')

const classOf = (name: string) => name.split('/')[0] as Class
export const namesOf = ({ names }: StoredFile, what: Class) => names.filter((name) => classOf(name) === what)

/** All that is stored, rows or not. */
export async function listFiles(storage: Storage): Promise<StoredFile[]> {
  const found = new Map<number, string[]>()
  for await (const { fileId, name } of storage.list()) found.set(fileId, [...(found.get(fileId) ?? []), name])
  return [...found].map(([id, names]) => ({ id, names: names.sort() })).sort((a, b) => a.id - b.id)
}

/** At most so many of them, spread evenly from the oldest to the newest. */
export function sample<T>(all: T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(all.length, most) }, (_, at) => all[Math.floor(at * step)]!)
}

/** Tells by the bytes themselves, and not by the address they came from, whether somebody was given what they may not have. */
export function createJudge(storage: Storage, files: StoredFile[], rules: Rules) {
  const places = new Map<string, Place[]>()
  const byId = new Map(files.map((file) => [file.id, file]))
  const known = new Set<number>()

  /** Files are hashed when they are first spoken of; links tell which they are about. */
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

  /** Whether the picture is so small that its preview gives it away. Of a single pixel nothing can be kept back. */
  async function isAllOfIt(file: number, preview: Uint8Array): Promise<boolean> {
    const stored = await storage.open(file, SMALLEST_OF_ALL)
    const [whole, shown] = [stored && longerOf(await stored.bytes()), longerOf(preview)]
    return !!whole && !!shown && shown > 1 && shown >= whole
  }

  return {
    /** What somebody was given and may not have; null when all is well. `isMedia`: bytes that are nobody's are a leak, too. */
    async leakIn(who: Who, body: Uint8Array, fileId: number, isMedia = true): Promise<string | null> {
      if (!body.length) return null
      await know(fileId)
      const found = places.get(hashOfBytes(body))
      if (!found) return isMedia ? `${body.length} bytes that are stored nowhere, as file ${fileId}` : null
      const faults = await Promise.all(found.map((place) => wrong(who, place, body)))
      return faults.every(Boolean) ? faults[0]! : null // the same photo twice: one of them is theirs
    },
    isStored: async (id: number, name: string) => (await storage.open(id, name)) !== null,
    bytesOf: async (id: number, name: string) => (await storage.open(id, name))?.bytes(),
  }
}

/** What is wrong with something that may be shown to everybody; null when nothing is. */
export function largePreview(body: Uint8Array): string | null {
  const size = sizeOfWebp(body)
  if (!size) return 'is of a kind that cannot be measured'
  return size.width > PREVIEW_PX || size.height > PREVIEW_PX ? `is ${size.width} × ${size.height} pixels large` : null
}

function longerOf(webp: Uint8Array): number | null {
  const size = sizeOfWebp(webp)
  return size && Math.max(size.width, size.height)
}

const hashOfBytes = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** As a stream: an original may be gigabytes. What is erased meanwhile has none. */
async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const hasher = new Bun.CryptoHasher('sha256')
  try {
    for await (const chunk of chunks) hasher.update(chunk)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    return undefined
  }
  return hasher.digest('hex')
}
