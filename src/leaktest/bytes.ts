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

  function wrong(who: Who, { file, name }: Place, body: Uint8Array): string | null {
    const what = classOf(name)
    if (!rules.mayHave(who, file, what)) return `file ${file}: ${name}`
    const tooLarge = what === 'preview' && !rules.mayHave(who, file, 'full') && largePreview(body)
    return tooLarge ? `file ${file}: ${name} ${tooLarge}` : null
  }

  return {
    /** What somebody was given and may not have; null when all is well. `isMedia`: bytes that are nobody's are a leak, too. */
    async leakIn(who: Who, body: Uint8Array, fileId: number, isMedia = true): Promise<string | null> {
      if (!body.length) return null
      await know(fileId)
      const found = places.get(hashOfBytes(body))
      if (!found) return isMedia ? `${body.length} bytes that are stored nowhere, as file ${fileId}` : null
      const faults = found.map((place) => wrong(who, place, body))
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
