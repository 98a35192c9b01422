import { statSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config'
import { lockFolder } from '../db/lock'
import { inspectDatabase, openReader } from '../db/snapshot'
import { freeBytes } from '../disk'
import { listStored } from '../files/stored'
import { openStorage } from '../media/open-storage'
import { readPlace, type Storage } from '../media/storage'
import { giveToOwnerOf } from '../owner'
import { placeOf } from '../s3-address'
import { DATABASE, SECRETS } from './archive/format'
import { flush } from './archive/pack'
import { readArchive, type Unpacked } from './archive/unpack'
import { formatBytes } from './checks/space'
import type { Command } from './command'

export const restore: Command = {
  usage: 'FILE',
  about: `Restores a copy that \`pinhole backup\` wrote into an empty or new data folder, and its files
into the empty bucket of PINHOLE_S3_URL if that is set. The whole copy is checked
before the folder is used; if something is wrong, the folder is left empty.`,
  takes: [1, 1],
  anywhere: true,
  async run({ args, config, answer }) {
    const settings = await config()
    const { dataDir } = settings
    const path = args[0]!
    const size = statSync(path, { throwIfNoEntry: false })?.size
    if (size === undefined) throw new Error(`There is no file ${path}.`)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const lock = lockFolder(dataDir)
    try {
      await refuseUsed(dataDir)
      await refuseFullDisk(dataDir, size)
      if (settings.s3) await refuseUsedBucket(settings)
      const { summary } = await bringBack(path, settings)
      const restored = `${summary.files} files, ${formatBytes(summary.bytes)}, as of ${summary.createdAt}`
      const next = settings.databaseUrl
        ? 'The rows are in this folder. Unset PINHOLE_DATABASE_URL, and copy them with: pinhole move --to postgres://…'
        : `Start the server with: pinhole --data ${dataDir}`
      const text = `${dataDir}: ${restored}. ${next}`
      await answer(text, { dataDir, ...summary })
    } finally {
      lock.release()
    }
  },
}

const OURS = ['lock', 'lock-journal', 'owner', 'lost+found']

async function refuseUsed(dataDir: string) {
  const found = (await readdir(dataDir)).filter((name) => !OURS.includes(name))
  if (found.length)
    throw new Error(`${dataDir} is not empty (${found.slice(0, 3).join(', ')}). Choose another folder with --data.`)
}

async function refuseUsedBucket(config: Config) {
  for await (const _ of openStorage(config).storage.list())
    throw new Error(
      `${placeOf(config.s3!)} already contains files. Choose another bucket or folder with PINHOLE_S3_URL, or empty it.`,
    )
}

async function refuseFullDisk(dir: string, needed: number) {
  const free = await freeBytes(dir)
  if (free < needed)
    throw new Error(`${dir} has ${formatBytes(free)} left, but this copy needs ${formatBytes(needed)}.`)
}

/**
 * Unpacks and checks the copy in a temporary folder. The database is moved last, since the data folder counts as empty
 * until the database is in place.
 */
async function bringBack(path: string, config: Config): Promise<Unpacked> {
  const { dataDir } = config
  const draft = join(dataDir, 'restore')
  await mkdir(join(draft, 'media'), { recursive: true, mode: 0o700 })
  try {
    const unpacked = await readArchive(path, draft).catch((cause) => {
      throw new Error(`${path} cannot be restored. ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
    const wrong = [...checkDatabase(join(draft, DATABASE)), ...(await checkFiles(join(draft, DATABASE), unpacked))]
    if (wrong.length)
      throw new Error(
        `${path} is damaged, and nothing was restored:\n${wrong
          .slice(0, 10)
          .map((each) => `  ${each}`)
          .join('\n')}`,
      )
    if (config.s3) await putAll(openStorage(config).storage, unpacked, draft)
    giveToOwnerOf(dataDir, draft)
    for (const name of [...(config.s3 ? [] : ['media']), SECRETS, DATABASE])
      await rename(join(draft, name), join(dataDir, name))
    await flush(dataDir) // the renamed files survive a power failure
    return unpacked
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Brings the files into the bucket. When that fails, nothing of them stays there. */
async function putAll(storage: Storage, { media }: Unpacked, draft: string): Promise<void> {
  const places = [...media.keys()].map((name) => readPlace(name.replace(/^media\//, ''))!)
  try {
    for (const { fileId, name } of places) await storage.put(fileId, name, join(draft, 'media', String(fileId), name))
  } catch (error) {
    for (const { fileId } of places) await storage.delete(fileId).catch(() => {})
    throw error
  }
}

function checkDatabase(path: string): string[] {
  const { broken, orphans, unknownMigrations } = inspectDatabase(path)
  const newer = unknownMigrations.length
    ? ['The database was written by a newer version of Pinhole. Restore it with that version.']
    : []
  return [...broken, ...(orphans ? [`${orphans} rows of the database refer to rows that do not exist.`] : []), ...newer]
}

async function checkFiles(database: string, { media, summary }: Unpacked): Promise<string[]> {
  const wrong: string[] = []
  using snapshot = openReader(database)
  for await (const { id, bytes, names, sha256s } of listStored(snapshot.db)) {
    if (summary.lost.includes(id) || summary.changed.includes(id)) continue
    for (const name of names) {
      const found = media.get(`media/${id}/${name}`)
      const sha256 = sha256s[name]
      const differs = found && ((name === 'original' && found.bytes !== bytes) || (sha256 && found.sha256 !== sha256))
      if (!found || differs) wrong.push(`File ${id}: ${name} is ${found ? 'not the file that was stored' : 'missing'}.`)
    }
  }
  return wrong
}
