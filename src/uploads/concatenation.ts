import pLimit, { type LimitFunction } from 'p-limit'
import type { App } from '../context'
import { freeBytes } from '../disk'
import { lookUpByUpload } from '../files/model'
import type { FileRow } from '../files/table'
import { missing } from '../media/storage'
import { node } from '../node'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { dropUpload } from './adopt'
import { idsOf, isPart, isUploadOf, PART } from './ids'
import { acceptUpload, maxUploadBytes, orStorageFull, tooLarge } from './receive'
import { noSuchUpload, storageFull } from './reservations'

/** The most parts of one upload. Clients send four or so at a time. */
const MOST_PARTS = 100
const MB = 1024 ** 2

export type Concat = 'partial' | { parts: string[] }

/**
 * Reads `Upload-Concat`: a part, or the parts that make up a whole upload, by their addresses. Each part is named once,
 * because a whole that repeats a part would take more room than was reserved for its bytes.
 */
export function concatIn(header: string | undefined): Concat | undefined {
  if (header === undefined) return undefined
  if (header.trim() === 'partial') return 'partial'
  const [, list = ''] = /^final;(.+)$/.exec(header.trim()) ?? []
  const parts = list.trim().split(/ +/).filter(Boolean).map(idIn)
  if (!parts.length || parts.length > MOST_PARTS || new Set(parts).size < parts.length)
    throw new Problem(
      'unreadable',
      'Send Upload-Concat as "partial", or as "final;" and the addresses of 1 to {most} parts, each once.',
      {},
      { most: MOST_PARTS },
    )
  return { parts }
}

const idIn = (address: string) =>
  address
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1) ?? ''

/** The id of the whole is made from those of its parts, so that a repeated request finds the file that it made. */
function idOfWhole(owner: Pick<Viewer, 'id'>, parts: string[]): string {
  const hash = new Bun.CryptoHasher('sha256').update(parts.join(' ')).digest('hex')
  return `${idsOf(owner)}${hash.slice(0, 32)}`
}

/** The address of a whole upload, which also names its parts: what was sent has to be said again later. */
export const addressOfWhole = (owner: Pick<Viewer, 'id'>, parts: string[]): string => {
  const names = parts.map((id) => id.slice(`${idsOf(owner)}${PART}`.length))
  return `/api/uploads/${idOfWhole(owner, parts)}?parts=${names.join()}`
}

/** The `Upload-Concat` of a whole upload by its address, or undefined for one that came in one piece. */
export function concatOf(owner: Pick<Viewer, 'id'>, id: string, names: string | undefined): string | undefined {
  if (!names) return undefined
  const parts = names.split(',').map((name) => `${idsOf(owner)}${PART}${name}`)
  return idOfWhole(owner, parts) === id ? `final;${parts.map((part) => `/api/uploads/${part}`).join(' ')}` : undefined
}

const turns = new Map<number, LimitFunction>()

/**
 * Makes a file from parts that have arrived completely. The same parts make one file, however often this is asked for. A
 * person's files are made one after the other, because parts that are named in another order would be copied once more
 * at the same time, and no room is reserved for the copies.
 */
export function concatenate(app: App, owner: Viewer, parts: string[], name: string): Promise<FileRow> {
  const turn = turns.get(owner.id) ?? pLimit(1)
  turns.set(owner.id, turn)
  return turn(() => join(app, owner, { id: idOfWhole(owner, parts), parts, name })).finally(() => {
    if (!turn.activeCount && !turn.pendingCount) turns.delete(owner.id)
  })
}

type Whole = { id: string; parts: string[]; name: string }

async function join(app: App, owner: Viewer, { id, parts, name }: Whole): Promise<FileRow> {
  const made = await lookUpByUpload(app.db, id)
  if (made) return made
  const bytes = await bytesOf(app, owner, parts)
  if (bytes > maxUploadBytes(app)) throw tooLarge(app)
  // The whole takes the room that is reserved for its parts, but for a moment the disk holds both.
  const left = app.arrivals.isShared ? 0 : (await freeBytes(app.config.dataDir)) - bytes
  if (left < 0 || (!app.arrivals.isShared && left < app.settings().minFreeMb * MB)) throw storageFull()
  try {
    await app.arrivals.receive(id, node.stream.Readable.from(read(app, parts)))
    const file = await acceptUpload(app, owner, id, name)
    for (const part of parts) await dropUpload(app, part)
    return file
  } catch (error) {
    // Another server that shares the storage may have made the file meanwhile, and deleted the parts.
    const madeElsewhere = await lookUpByUpload(app.db, id)
    if (madeElsewhere) return madeElsewhere
    await dropUpload(app, id)
    if (error instanceof Problem && error.kind === 'unsupported_media')
      for (const part of parts) await dropUpload(app, part)
    throw orStorageFull(error)
  }
}

async function bytesOf(app: App, owner: Viewer, parts: string[]): Promise<number> {
  let bytes = 0
  for (const part of parts) {
    const arrived = isUploadOf(owner, part) && isPart(part) ? await app.arrivals.find(part) : null
    if (!arrived) throw noSuchUpload()
    if (arrived.bytes !== arrived.declared)
      throw new Problem('conflict', 'Not all bytes of these parts have arrived. Upload the rest first.', {
        code: 'part_unfinished',
      })
    bytes += arrived.bytes
  }
  return bytes
}

async function* read({ arrivals }: App, parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const stored = await arrivals.open(part)
    if (!stored) throw missing(part)
    yield* stored.stream()
  }
}
