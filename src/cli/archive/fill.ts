import { join } from 'node:path'
import { auditLedger } from '../../coins/audit'
import { copyRows } from '../../db/copy'
import type { Place } from '../../db/database'
import { openStore, type Reader } from '../../db/open'
import { gatherInOneFile, inspectDatabase, openReader } from '../../db/snapshot'
import { freeBytes } from '../../disk'
import { listStored, openStored, type StoredRow, type Stores } from '../../files/stored'
import type { StoredBytes } from '../../media/storage'
import { version } from '../../version'
import { formatBytes } from '../checks/space'
import { forget, isDeleted } from './forget'
import { DATABASE, SECRETS, SUMMARY, type Summary } from './format'

/** An archive receives the copy of a community. It is one file, or a repository. */
export type Archive = {
  /** Returns the SHA-256 of the file, or null when it does not exist. A file deleted meanwhile is copied completely. */
  file(name: string, path: string): Promise<string | null>
  /** Takes stored bytes, as `file` takes those of a file. */
  stored(name: string, stored: StoredBytes): Promise<string | null>
  text(name: string, text: string): Promise<void>
  /** Takes a file by the SHA-256 of its bytes, if they are there from an earlier copy. */
  takes(name: string, sha256: string): boolean
  readonly bytes: number
}

/** The community that is copied: its data folder and database, and where its files are stored. */
export type Source = Place & { stores: Stores }

/** Puts everything into the archive, and checks the database that it contains. `draft` is where to copy the database. */
export async function fillArchive(archive: Archive, from: Source, draft: string, live: Reader): Promise<Summary> {
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

/** Throws unless `needed` bytes are free on the disk of a folder. */
export async function refuseFullDisk(dir: string, needed: number) {
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
    const known = row.sha256s[name]
    if (known && archive.takes(`media/${row.id}/${name}`, known)) continue
    const sum = await copyOne(archive, stores, row, name)
    if (!sum) return false
    if (known && known !== sum) state = 'changed'
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
