import { createReadStream, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePlace } from '../backup-place'
import type { Config } from '../config'
import { lockFolder } from '../db/lock'
import { flush, freeBytes } from '../disk'
import { openStorage } from '../media/open-storage'
import { readPlace, type Storage } from '../media/storage'
import { giveToOwnerOf } from '../owner'
import { nameOfBucket } from '../s3-address'
import { checkDatabase, checkFiles } from './archive/check'
import { DATABASE, SECRETS } from './archive/format'
import { readArchive, type Unpacked } from './archive/unpack'
import { formatBytes } from './checks/space'
import { type Command, WrongUsage } from './command'
import { openRepository } from './repository/repository'
import { openShelf } from './repository/shelf'
import { bringAll, listSnapshots, nameOfTime, readSnapshot } from './repository/snapshot'

export const restore: Command = {
  usage: 'FILE|-|DIR|s3://… [--at DAY]',
  about: `Restores what \`pinhole backup\` wrote into an empty or new data folder, and its files into the empty bucket of
PINHOLE_S3_URL if that is set. From DIR or s3://… it takes the newest backup, or with --at the last one up to that day
or time (2026-11-22, 2026-11-22T09:30); encrypted ones need PINHOLE_BACKUP_PASSPHRASE. With - it reads a FILE from
standard input. The whole copy is checked before the folder is used; if something is wrong, the folder is left empty.`,
  options: { at: { value: 'DAY', about: 'the last backup up to this day or time (UTC)' } },
  takes: [1, 1],
  anywhere: true,
  async run({ args, config, flag, answer }) {
    const settings = await config()
    const { dataDir } = settings
    const copy = await openCopy(args[0]!, flag('at'), settings)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const lock = lockFolder(dataDir)
    try {
      await refuseUsed(dataDir)
      await refuseFullDisk(dataDir, copy.bytes)
      if (settings.s3) await refuseUsedBucket(settings)
      const { summary } = await bringBack(copy, settings)
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

/** Something to restore from. `bytes` is about how much room it needs. */
type Copy = { name: string; bytes: number; unpack(dir: string): Promise<Unpacked> }

async function openCopy(from: string, at: string | undefined, settings: Config): Promise<Copy> {
  const found = statSync(from, { throwIfNoEntry: false })
  if (/^s3:/i.test(from) || found?.isDirectory()) return openBackup(from, at, settings)
  if (at !== undefined) throw new WrongUsage('--at chooses among the backups of a folder or bucket.')
  if (from === '-') return { name: 'The copy', bytes: 0, unpack: (dir) => readArchive(process.stdin, dir) }
  if (!found) throw new Error(`There is no file ${from}.`)
  return { name: from, bytes: found.size, unpack: (dir) => readArchive(createReadStream(from), dir) }
}

async function openBackup(from: string, at: string | undefined, { backupPassphrase }: Config): Promise<Copy> {
  const place = parsePlace(from)
  if (!place) throw new WrongUsage('This is not an address like s3://KEY:SECRET@s3.example.org/BUCKET.')
  const repository = await openRepository(openShelf(place), backupPassphrase)
  const names = await listSnapshots(repository)
  const last = at && `${nameOfTime(at)}~` // comes after all times that begin with it
  const name = names.find((each) => !last || each < last)
  if (!name) throw new Error(`There is no backup ${at ? `up to ${at} ` : ''}in ${repository.name}.`)
  const snapshot = await readSnapshot(repository, name)
  return { name: repository.name, bytes: snapshot.bytes, unpack: (dir) => bringAll(repository, snapshot, dir) }
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
      `${nameOfBucket(config.s3!)} already contains files. Choose another bucket or folder with PINHOLE_S3_URL, or empty it.`,
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
async function bringBack({ name: from, unpack }: Copy, config: Config): Promise<Unpacked> {
  const { dataDir } = config
  const draft = join(dataDir, 'restore')
  await mkdir(join(draft, 'media'), { recursive: true, mode: 0o700 })
  try {
    const unpacked = await unpack(draft).catch((cause) => {
      throw new Error(`${from} cannot be restored. ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
    const { summary, media } = unpacked
    const wrong = [
      ...checkDatabase(join(draft, DATABASE)),
      ...(await checkFiles(join(draft, DATABASE), summary, (name) => media.get(name))),
    ]
    if (wrong.length)
      throw new Error(
        `${from} is damaged, and nothing was restored:\n${wrong
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
