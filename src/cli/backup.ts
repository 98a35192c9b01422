import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { auditLedger } from '../coins/audit'
import { copyRows, sizeOf } from '../db/copy'
import type { Place } from '../db/database'
import type { Reader } from '../db/open'
import { openStore } from '../db/open'
import { gatherInOneFile, inspectDatabase, openReader } from '../db/snapshot'
import { openView } from '../db/view'
import { freeBytes } from '../disk'
import { listStored, openStored, type StoredRow, type Stores, storedBytes } from '../files/stored'
import { openStorage } from '../media/open-storage'
import { version } from '../version'
import { forget, isDeleted } from './archive/forget'
import { DATABASE, SECRETS, SUMMARY, type Summary } from './archive/format'
import { type Archive, streamArchive, writeArchive } from './archive/pack'
import { formatBytes } from './checks/space'
import { type Command, WrongUsage } from './command'

export const backup: Command = {
  usage: 'FILE|-',
  about: `Copies the database, all photos and the secrets into one tar file that only you can read, or writes that file
to standard output for another program (-). The server can keep running; the copy is consistent. FILE is read again
and its database is checked before it gets its name. Unfinished uploads are left out. An existing FILE is never
overwritten.`,
  takes: [1, 1],
  async run({ args, config, answer, tell }) {
    const settings = await config()
    const { dataDir, databaseUrl } = settings
    const from = { dataDir, databaseUrl, stores: openStorage(settings) }
    const streams = args[0] === '-'
    const path = resolve(args[0]!)
    if (streams && process.stdout.isTTY)
      throw new WrongUsage('The copy is no text for a terminal. Use: | program, or > FILE')
    if (!streams) refuseExisting(path)
    const summary = streams ? await stream(from) : await backUp(from, path)
    for (const [what, ids] of [
      ['are lost and not in this copy', summary.lost],
      ['have changed since they were stored, and are in this copy as they are', summary.changed],
    ] as const)
      if (ids.length) tell(`pinhole: ${ids.length} stored files ${what}: files ${ids.join(', ')}.`)
    const text = `${streams ? 'Copied' : `${path}:`} ${summary.files} files, ${formatBytes(summary.bytes)}`
    if (streams) tell(`pinhole: ${text}`)
    else await answer(text, { path, ...summary })
  },
}

function refuseExisting(path: string) {
  if (existsSync(path)) throw new Error(`${path} already exists and is not overwritten. Choose another name.`)
  if (!existsSync(dirname(path))) throw new Error(`There is no folder ${dirname(path)}.`)
}

/** The community that is copied: its data folder and database, and where its files are stored. */
type Source = Place & { stores: Stores }

async function backUp(from: Source, path: string): Promise<Summary> {
  await using source = await openView(from)
  await refuseFullDisk(dirname(path), 2 * (await sizeOf(from)) + (await storedBytes(source.db)))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => breakOff(() => removeDrafts(path)))
  const draft = `${path}.${process.pid}.sqlite` // on the disk of the copy, which has enough space
  let summary: Summary | undefined
  try {
    await writeArchive(path, async (archive) => {
      summary = await fillArchive(archive, from, draft, source.db)
      refuseExisting(path)
    })
    return summary!
  } finally {
    removeDrafts(path)
  }
}

/** Writes the copy to standard output. Only the copy of the database needs a file, in the folder for temporary files. */
async function stream(from: Source): Promise<Summary> {
  await using source = await openView(from)
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-backup-'))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => breakOff(remove))
  let summary: Summary | undefined
  try {
    await refuseFullDisk(dir, await sizeOf(from))
    await streamArchive(async (archive) => {
      summary = await fillArchive(archive, from, join(dir, DATABASE), source.db)
    })
    return summary!
  } finally {
    remove()
  }
}

/** Puts everything into the archive, and checks the database that it contains. `draft` is where to copy the database. */
async function fillArchive(archive: Archive, from: Source, draft: string, live: Reader): Promise<Summary> {
  const { dataDir, stores } = from
  const createdAt = new Date().toISOString()
  await copyRows(from, draft)
  if (!(await archive.file(SECRETS, join(dataDir, SECRETS)))) throw new Error(`${join(dataDir, SECRETS)} is missing.`)
  const media = await copyMedia(archive, stores, draft, live)
  gatherInOneFile(draft)
  await refuseDamaged(draft)
  await archive.file(DATABASE, draft)
  const summary: Summary = { format: 1, version, createdAt, bytes: archive.bytes, ...media }
  await archive.text(SUMMARY, JSON.stringify(summary))
  return summary
}

/** A copy of a damaged database is not a backup, so the person must hear of the damage now. */
async function refuseDamaged(database: string) {
  const { broken, orphans } = inspectDatabase(database)
  if (broken.length || orphans)
    throw new Error('The database is damaged, so no copy was made. Run: pinhole doctor. Keep your earlier backups.')
  using snapshot = openReader(database)
  const { faults } = await auditLedger(snapshot.db)
  if (faults.length) process.stderr.write(`pinhole: The ledger has ${faults.length} faults. Run: pinhole audit\n`)
}

/** Removes the unfinished copy, which contains photos and keys. */
function breakOff(remove: () => void): never {
  remove()
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
  stores: Stores,
  snapshot: string,
  live: Reader,
): Promise<Pick<Summary, 'files' | 'lost' | 'changed'>> {
  const store = openStore(snapshot, { migrates: false }) // a copy by a newer version must still open with the server's
  const lost: number[] = []
  const changed: number[] = []
  let files = 0
  try {
    for await (const row of listStored(store.db)) {
      const copied = await copyFile(archive, stores, row)
      if (copied) files++
      if (copied === 'changed') changed.push(row.id)
      if (copied) continue
      if (await isDeleted(live, row.id)) await store.write((tx) => forget(tx, live, row.id, new Date()))
      else lost.push(row.id)
    }
    return { files, lost, changed }
  } finally {
    store.close()
  }
}

/** Returns false when something is missing, and `changed` when bytes differ from those that were stored. */
async function copyFile(archive: Archive, stores: Stores, row: StoredRow): Promise<'whole' | 'changed' | false> {
  let state: 'whole' | 'changed' = 'whole'
  for (const name of row.names) {
    const sum = await copyOne(archive, stores, row, name)
    if (!sum) return false
    if (row.sha256s[name] && row.sha256s[name] !== sum) state = 'changed'
  }
  return state
}

/** An original can be moved to its final place between opening and reading it, so it is opened a second time. */
async function copyOne(archive: Archive, stores: Stores, row: StoredRow, name: string): Promise<string | null> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const stored = await openStored(stores, row, name)
    const sum = stored && (await archive.stored(`media/${row.id}/${name}`, stored))
    if (sum) return sum
  }
  return null
}
