import { createReadStream, existsSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createZstdCompress } from 'node:zlib'
import type { Keep } from '../../backup-place'
import { sizeOf } from '../../db/copy'
import type { Reader } from '../../db/open'
import { nullIfMissing } from '../../error-code'
import { storedBytes } from '../../files/stored'
import { type Archive, fillArchive, refuseFullDisk, type Source } from '../archive/fill'
import { DATABASE, type Summary } from '../archive/format'
import { explained, only } from '../archive/pack'
import { markRunning, prune, sweepLeftovers } from './keep'
import { prove } from './prove'
import { addObject, type Repository } from './repository'
import type { Shelf } from './shelf'
import { type Entries, PACKED_DATABASE, packEntries, writeSnapshot } from './snapshot'

export type Outcome = Omit<Summary, 'format'> & {
  place: string
  /** Earlier backups had stored none of these objects. */
  newObjects: number
  newBytes: number
  /** How many objects were read again and compared. */
  read: number
  /** How many faults the ledger has. */
  ledgerFaults: number
  /** How many backups the repository keeps now. */
  kept: number
}

type Options = { keep: Keep; now?: () => number }

/**
 * Adds a backup to the repository. What an earlier backup stored is not stored again. The backup gets its name when it
 * is proved, and old backups are deleted only then.
 */
export async function addBackup(
  repository: Repository,
  from: Source,
  live: Reader,
  { keep, now = Date.now }: Options,
): Promise<Outcome> {
  const { shelf, name: place } = repository
  const running = await markRunning(repository)
  try {
    await sweepLeftovers(repository, now())
    await mkdir(shelf.drafts, { recursive: true, mode: 0o700 })
    await refuseFullDisk(shelf.drafts, await roomFor(repository, from, live))
    const { archive, entries, added } = openArchive(repository)
    const summary = await fillArchive(archive, from, join(shelf.drafts, `${crypto.randomUUID()}.sqlite`), live)
    const { object: list } = await added(packed(entries))
    await shelf.settle()
    const { read, faults, ledger } = await prove(repository, summary, entries, { isComplete: false, now: now() })
    if (faults.length) throw new Error(`The backup in ${place} could not be proved. ${faults.slice(0, 5).join(' ')}`)
    await writeSnapshot(repository, { ...summary, list })
    const kept = await prune(repository, keep, running.key)
    const { format, ...about } = summary
    return { place, ...about, ...added.total, read, ledgerFaults: ledger.length, kept }
  } catch (error) {
    throw explained(error, place)
  } finally {
    await running.end().catch(() => {})
    removeDrafts(shelf)
  }
}

/** Removes what this process has not finished. It contains photos and keys. */
export const removeDrafts = ({ drafts }: Shelf): void => rmSync(drafts, { recursive: true, force: true })

/** The copy of the database and its compressed form, and, in a folder, the photos that are not there yet. */
async function roomFor({ shelf, name, objects }: Repository, from: Source, live: Reader): Promise<number> {
  const rows = 2 * (await sizeOf(from))
  if (!shelf.drafts.startsWith(name)) return rows
  let there = 0
  for (const bytes of objects.values()) there += bytes
  return rows + Math.max(0, (await storedBytes(live)) - there)
}

/** Writes what it gets into the repository, and notes the objects by their names. */
function openArchive(repository: Repository) {
  const { cipher, objects } = repository
  const entries: Entries = new Map()
  const total = { newObjects: 0, newBytes: 0 }
  let bytes = 0
  const note = (name: string, object: string) => {
    entries.set(name, object)
    bytes += objects.get(object) ?? 0
  }
  const added = Object.assign(
    async (content: AsyncIterable<Uint8Array>) => {
      const one = await addObject(repository, content)
      if (one.isNew) total.newObjects++
      if (one.isNew) total.newBytes += objects.get(one.object) ?? 0
      return one
    },
    { total },
  )
  const add = async (name: string, content: AsyncIterable<Uint8Array>) => {
    const { object, sha256 } = await added(content)
    note(name, object)
    return sha256
  }
  const archive: Archive = {
    async file(name, path) {
      if (!existsSync(path)) return null
      return name === DATABASE ? add(PACKED_DATABASE, compressed(path)) : add(name, createReadStream(path))
    },
    stored: (name, stored) => add(name, stored.stream()).catch(nullIfMissing),
    async text() {}, // the summary is in the snapshot itself
    takes(name, sha256) {
      const object = cipher.nameOf(sha256)
      if (!objects.has(object)) return false
      note(name, object)
      return true
    },
    get bytes() {
      return bytes
    },
  }
  return { archive, entries, added }
}

async function* packed(entries: Entries) {
  yield* only(await packEntries(entries))
}

/** An error while reading reaches the reader of what is compressed. */
const compressed = (path: string): AsyncIterable<Uint8Array> =>
  pipeline(createReadStream(path), createZstdCompress(), () => {}) as AsyncIterable<Uint8Array>
