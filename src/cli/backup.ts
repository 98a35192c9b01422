import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Reader } from '../db/open'
import { openStore } from '../db/open'
import { copyDatabase, gatherInOneFile, openReader } from '../db/snapshot'
import { freeBytes } from '../disk'
import { listStored, placesOf, type StoredRow, storedBytes } from '../files/stored'
import { version } from '../version'
import { forget, isDeleted } from './archive/forget'
import { DATABASE, SECRETS, SUMMARY, type Summary } from './archive/format'
import { type Archive, writeArchive } from './archive/pack'
import { formatBytes } from './checks/space'
import type { Command } from './command'

export const backup: Command = {
  usage: 'FILE',
  about: `Copies the database, all photos and the secrets into one tar file that only you can read. The server can keep
running; the copy is consistent. Unfinished uploads are left out. An existing FILE is never overwritten.`,
  takes: [1, 1],
  async run({ args, config, answer, tell }) {
    const { dataDir } = await config()
    const path = resolve(args[0]!)
    refuseExisting(path)
    const summary = await backUp(dataDir, path)
    if (summary.lost.length)
      tell(
        `pinhole: ${summary.lost.length} stored files are lost and not in this copy: files ${summary.lost.join(', ')}.`,
      )
    await answer(`${path}: ${summary.files} files, ${formatBytes(summary.bytes)}`, { path, ...summary })
  },
}

function refuseExisting(path: string) {
  if (existsSync(path)) throw new Error(`${path} already exists and is not overwritten. Choose another name.`)
  if (!existsSync(dirname(path))) throw new Error(`There is no folder ${dirname(path)}.`)
}

async function backUp(dataDir: string, path: string): Promise<Summary> {
  const live = join(dataDir, DATABASE)
  using source = openReader(live)
  await refuseFullDisk(dirname(path), 2 * statSync(live).size + (await storedBytes(source.db)))
  const createdAt = new Date()
  const draft = `${path}.${process.pid}.sqlite` // on the disk of the copy, which has enough space
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => breakOff(path))
  let summary: Summary | undefined
  try {
    copyDatabase(live, draft)
    await writeArchive(path, async (archive) => {
      if (!(await archive.file(SECRETS, join(dataDir, SECRETS))))
        throw new Error(`${join(dataDir, SECRETS)} is missing.`)
      const { files, lost } = await copyMedia(archive, dataDir, draft, source.db)
      gatherInOneFile(draft)
      await archive.file(DATABASE, draft)
      refuseExisting(path)
      summary = { format: 1, version, createdAt: createdAt.toISOString(), files, bytes: archive.bytes, lost }
      await archive.text(SUMMARY, JSON.stringify(summary))
    })
    return summary!
  } finally {
    removeDrafts(path)
  }
}

/** Removes the unfinished copy, which contains photos and keys. */
function breakOff(path: string): never {
  removeDrafts(path)
  process.stderr.write('pinhole: The backup was stopped, and the unfinished copy was deleted.\n')
  process.exit(1)
}

function removeDrafts(path: string) {
  for (const end of ['part', 'sqlite', 'sqlite-wal', 'sqlite-shm'])
    rmSync(`${path}.${process.pid}.${end}`, { force: true })
}

async function refuseFullDisk(dir: string, needed: number) {
  const free = await freeBytes(dir)
  if (free < needed)
    throw new Error(`${dir} has ${formatBytes(free)} left, but this copy needs about ${formatBytes(needed)}.`)
}

/** Copies the files that the snapshot lists, and removes from it files that were deleted before they were copied. */
async function copyMedia(
  archive: Archive,
  dataDir: string,
  snapshot: string,
  live: Reader,
): Promise<{ files: number; lost: number[] }> {
  const store = openStore(snapshot)
  const lost: number[] = []
  let files = 0
  try {
    for await (const row of listStored(store.db)) {
      if (await copyFile(archive, dataDir, row)) files++
      else if (await isDeleted(live, row.id)) await store.write((tx) => forget(tx, live, row.id, new Date()))
      else lost.push(row.id)
    }
    return { files, lost }
  } finally {
    store.close()
  }
}

async function copyFile(archive: Archive, dataDir: string, row: StoredRow): Promise<boolean> {
  for (const name of row.names) if (!(await copyFirst(placesOf(row, name)))) return false
  return true

  async function copyFirst([place, ...others]: string[], as = place): Promise<boolean> {
    return place !== undefined && ((await archive.file(as!, join(dataDir, place))) || copyFirst(others, as))
  }
}
