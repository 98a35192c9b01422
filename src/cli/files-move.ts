import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig } from '../config'
import type { Reader } from '../db/open'
import { openView } from '../db/view'
import { freeBytes } from '../disk'
import { listStored, openStored, type StoredRow, storedBytes } from '../files/stored'
import { sha256OfStream } from '../media/hash'
import { type OpenedStorage, openFolder, openStorage } from '../media/open-storage'
import { giveToOwnerOf } from '../owner'
import { nameOfBucket } from '../s3-address'
import { isDeleted } from './archive/forget'
import { formatBytes } from './checks/space'
import { type Call, type Command, WrongUsage } from './command'
import { refuseOtherBucket } from './own-bucket'

export const filesMove: Command = {
  usage: 'bucket|folder',
  about: `Copies all photos and videos from the data folder to the bucket of PINHOLE_S3_URL, or from that bucket back to
the data folder. What is there already is not copied again, so the command can be stopped and repeated, and the server
can go on meanwhile. Then stop the server, repeat the command for what came last, and start the server with
PINHOLE_S3_URL, or without it. Each file is compared with the hash of its upload. The source is only read.`,
  takes: [1, 1],
  async run(call) {
    const [to] = call.args
    if (to !== 'bucket' && to !== 'folder') throw new WrongUsage(`"${to}" is neither bucket nor folder.`)
    const config = await withBucket(call)
    await refuseOtherBucket(config)
    const [folder, bucket] = [openFolder(config.dataDir), openStorage(config)]
    const [from, target] = to === 'bucket' ? [folder, bucket] : [bucket, folder]
    await using source = await openView(config)
    if (to === 'folder') await refuseFullDisk(config, source.db, folder)
    const result = await copyAll(config, source.db, from, target)
    if (to === 'folder') giveToOwnerOf(config.dataDir, join(config.dataDir, 'media'))
    await report(call, {
      to,
      place: to === 'bucket' ? nameOfBucket(config.s3!) : join(config.dataDir, 'media'),
      ...result,
    })
  },
}

/** The settings, with the bucket of this command if the server does not use it yet. */
async function withBucket({ config, environment }: Call): Promise<Config> {
  const settings = await config()
  if (settings.s3) return settings
  const { s3 } = readConfig({}, await environment())
  if (!s3) throw new Error('Set PINHOLE_S3_URL for this command; docs/growing.md describes it.')
  return { ...settings, s3 }
}

async function refuseFullDisk({ dataDir }: Config, db: Reader, { storage }: OpenedStorage): Promise<void> {
  let needed = await storedBytes(db)
  for await (const { bytes } of storage.list()) needed -= bytes
  const free = await freeBytes(dataDir)
  if (free < needed)
    throw new Error(`${dataDir} has ${formatBytes(free)} left, but the files need about ${formatBytes(needed)}.`)
}

type Result = { files: number; copied: number; bytes: number; missing: string[]; changed: string[]; removed: number }
type Move = { config: Config; db: Reader; from: OpenedStorage; to: OpenedStorage; stored: Stored; result: Result }
/** The size of everything at the target, by file and name. */
type Stored = Map<number, Map<string, number>>

async function copyAll(config: Config, db: Reader, from: OpenedStorage, to: OpenedStorage): Promise<Result> {
  const result: Result = { files: 0, copied: 0, bytes: 0, missing: [], changed: [], removed: 0 }
  const move = { config, db, from, to, result, stored: await listOf(to) }
  try {
    for await (const row of listStored(db)) {
      result.files++
      for (const name of row.names) await copyOne(move, row, name)
    }
  } finally {
    await rm(draftOf(config), { force: true })
  }
  for (const fileId of move.stored.keys()) if (await isDeleted(db, fileId)) await removeStale(move, fileId)
  return result
}

async function listOf({ storage }: OpenedStorage): Promise<Stored> {
  const stored: Stored = new Map()
  for await (const { fileId, name, bytes } of storage.list())
    stored.set(fileId, (stored.get(fileId) ?? new Map()).set(name, bytes))
  return stored
}

const draftOf = ({ dataDir }: Config) => join(dataDir, 'work', `move-${process.pid}`)

async function copyOne({ config, db, from, to, stored, result }: Move, row: StoredRow, name: string): Promise<void> {
  const source = await openStored(from, row, name)
  const there = stored.get(row.id)?.get(name)
  if (there !== undefined && (!source || source.bytes === there)) return
  if (!source) {
    // What was uploaded or deleted since the list was read is no loss.
    if (!(await openStored(to, row, name)) && !(await isDeleted(db, row.id)))
      result.missing.push(`file ${row.id}: ${name}`)
    return
  }
  const draft = draftOf(config)
  await mkdir(join(config.dataDir, 'work'), { recursive: true, mode: 0o700 })
  giveToOwnerOf(config.dataDir, join(config.dataDir, 'work'))
  await Bun.write(draft, new Response(source.stream()))
  const sha256 = await sha256OfStream(Bun.file(draft))
  if (row.sha256s[name] && row.sha256s[name] !== sha256) result.changed.push(`file ${row.id}: ${name}`)
  await to.storage.put(row.id, name, draft)
  result.copied++
  result.bytes += source.bytes
}

/** Removes what an earlier copy brought and what was deleted since. */
async function removeStale({ to, result }: Move, fileId: number): Promise<void> {
  await to.storage.delete(fileId)
  result.removed++
}

type Report = Result & { to: 'bucket' | 'folder'; place: string }

async function report({ answer, tell, fail }: Call, result: Report): Promise<void> {
  const { to, place, files, copied, bytes, missing, changed, removed } = result
  for (const each of missing) tell(`pinhole: ${each} is missing, so it was not copied.`)
  for (const each of changed) tell(`pinhole: ${each} has changed since its upload. It was copied as it is.`)
  const next =
    to === 'bucket'
      ? 'Stop the server, run this command once more, and start the server with PINHOLE_S3_URL.'
      : 'Stop the server, run this command once more, and start the server without PINHOLE_S3_URL.'
  const gone = removed ? ` ${removed} deleted files were removed there.` : ''
  const done = `${place}: ${files} files are stored, ${copied} objects (${formatBytes(bytes)}) were copied now.${gone}`
  await answer(`${done}\n${copied || removed ? next : 'Nothing was left to copy.'}`, result)
  if (missing.length) fail()
}
