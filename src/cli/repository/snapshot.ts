import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { DATABASE, MEDIA, SECRETS, summarySchema } from '../archive/format'
import type { Unpacked } from '../archive/unpack'
import { putBytes, type Repository, readObject } from './repository'

const SNAPSHOTS = 'snapshots/'
/** The database is stored compressed, since it is stored anew with every backup. */
export const PACKED_DATABASE = `${DATABASE}.zst`

const objectName = later(() => z.string().regex(/^[0-9a-f]{64}$/))
/** One backup. `list` is the object that contains its entries, so that a backup of an unchanged community is small. */
const snapshotSchema = object(() => ({ ...summarySchema.shape, list: objectName() }))
export type Snapshot = z.infer<typeof snapshotSchema>

/** The objects of a backup, by the names that they have in the community. */
export type Entries = Map<string, string>
const entriesSchema = later(() => z.record(z.string(), objectName()))

/** The times of all backups as they are named, newest first. */
export async function listSnapshots({ shelf }: Repository): Promise<string[]> {
  const names: string[] = []
  for await (const { key } of shelf.list(SNAPSHOTS)) names.push(key.slice(SNAPSHOTS.length))
  return names.filter((name) => timeOf(name) !== null).sort((a, b) => (a < b ? 1 : -1))
}

/** Names sort by time, and are valid file names everywhere. */
export const nameOfTime = (at: string): string => at.replaceAll(/[:.]/g, '-')

/** Reads a name that `nameOfTime` made. */
export function timeOf(name: string): Date | null {
  const [, date, hour, minute, second, ms] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/.exec(name) ?? []
  return date ? new Date(`${date}T${hour}:${minute}:${second}.${ms}Z`) : null
}

/** Adds a snapshot. Returns when it, and all that was put before it, survives a power failure. */
export async function writeSnapshot({ shelf, cipher }: Repository, snapshot: Snapshot): Promise<void> {
  const text = new Blob([JSON.stringify(snapshot)]).stream()
  const bytes = await new Response(await cipher.encrypt(text)).bytes()
  await putBytes(shelf, SNAPSHOTS + nameOfTime(snapshot.createdAt), bytes)
  await shelf.settle()
}

/** Reads a snapshot by its name. Throws when there is none, or when it is not written as this version writes it. */
export async function readSnapshot({ shelf, cipher, name: place }: Repository, name: string): Promise<Snapshot> {
  const stored = await shelf.read(SNAPSHOTS + name)
  if (!stored) throw new Error(`There is no backup ${name} in ${place}.`)
  return snapshotSchema.parse(await new Response(await cipher.decrypt(stored)).json())
}

/** Deletes a snapshot. Its objects stay until `prune` finds that no other one needs them. */
export const deleteSnapshot = ({ shelf }: Repository, name: string): Promise<void> => shelf.delete(SNAPSHOTS + name)

/** Compresses the list of everything in a snapshot. `readEntries` reads it. */
export const packEntries = (entries: Entries): Promise<Uint8Array> =>
  Bun.zstdCompress(JSON.stringify(Object.fromEntries(entries)))

/** Reads the list of everything in a snapshot. */
export async function readEntries(repository: Repository, { list }: Snapshot): Promise<Entries> {
  const packed = await new Response(await readObject(repository, list)).bytes()
  const json = JSON.parse(Buffer.from(await Bun.zstdDecompress(packed)).toString())
  return new Map(Object.entries(entriesSchema().parse(json)))
}

/** Writes the database and the secrets of a backup into the folder. */
export async function bringHead(repository: Repository, entries: Entries, dir: string): Promise<void> {
  for (const name of [PACKED_DATABASE, SECRETS]) await bringOne(repository, entries, name, dir)
}

/** Writes everything of a backup into the folder, and returns what an archive in one file would contain. */
export async function bringAll(repository: Repository, snapshot: Snapshot, dir: string): Promise<Unpacked> {
  const entries = await readEntries(repository, snapshot)
  const media: Unpacked['media'] = new Map()
  await bringHead(repository, entries, dir)
  for (const name of entries.keys()) {
    if (name === PACKED_DATABASE || name === SECRETS) continue
    if (!MEDIA.test(name)) throw new Error(`"${name}" does not belong in a backup.`)
    media.set(name, await bringOne(repository, entries, name, dir))
  }
  const { list, ...summary } = snapshot
  return { summary, media }
}

async function bringOne(repository: Repository, entries: Entries, name: string, dir: string) {
  const object = entries.get(name)
  if (!object) throw new Error(`${name} is missing in this backup.`)
  const path = join(dir, name === PACKED_DATABASE ? DATABASE : name)
  const hash = new Bun.CryptoHasher('sha256')
  let bytes = 0
  async function* watched() {
    for await (const chunk of await readObject(repository, object!)) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const content = Readable.from(watched(), { objectMode: false })
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  await (name === PACKED_DATABASE ? pipeline(content, createZstdDecompress(), file) : pipeline(content, file))
  const sha256 = hash.digest('hex')
  if (repository.cipher.nameOf(sha256) !== object) throw new Error(`${name} is damaged in this backup.`)
  return { bytes, sha256 }
}
