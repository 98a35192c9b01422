import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type BackupPlace, nameOfPlace, parsePlace } from '../backup-place'
import { recordBackup } from '../backups/model'
import type { Config } from '../config'
import { sizeOf } from '../db/copy'
import { openView } from '../db/view'
import { storedBytes } from '../files/stored'
import { openStorage } from '../media/open-storage'
import { fillArchive, refuseFullDisk, type Source } from './archive/fill'
import { DATABASE, type Summary } from './archive/format'
import { streamArchive, writeArchive } from './archive/pack'
import { formatBytes } from './checks/space'
import { type Call, type Command, WrongUsage } from './command'
import { refuseExisting } from './refuse-existing'
import { backUpInto } from './repository/run'
import { breakOffOnSignals } from './signals'
import { someOf } from './some-of'
import { withStore } from './store'

export const backup: Command = {
  usage: '[FILE|-|DIR|s3://…]',
  about: `Copies the database, all photos and the secrets while the server goes on. The copy is of one moment.
DIR or s3://… (by default PINHOLE_BACKUP) keeps many backups and each byte once: a backup adds only what is new, is
proved by restoring it into a scratch folder, and replaces those that PINHOLE_BACKUP_KEEP (7d,4w,6m) does not keep.
PINHOLE_BACKUP_PASSPHRASE encrypts them. FILE becomes one tar file that only you can read; it is never overwritten, and
gets its name when it was read back. With - the same file is written to standard output. Unfinished uploads are left out.`,
  takes: [0, 1],
  async run(call) {
    const settings = await call.config()
    const [to] = call.args
    const place = to === undefined ? settings.backup : repositoryOf(to)
    if (to === undefined && !place)
      throw new WrongUsage('Name a place for the backup, or set PINHOLE_BACKUP for the server.')
    if (place) return intoRepository(call, settings, place)
    const { dataDir, databaseUrl } = settings
    const from = { dataDir, databaseUrl, stores: openStorage(settings) }
    if (to === '-') return toStandardOutput(call, from)
    return intoFile(call, settings, from, resolve(to!))
  },
}

/** A folder, or what is written like one, and a bucket keep many backups. Anything else is a file. */
function repositoryOf(to: string): BackupPlace | undefined {
  const isFolder = to.endsWith('/') || statSync(to, { throwIfNoEntry: false })?.isDirectory()
  if (!isFolder && !/^s3:/i.test(to)) return undefined
  const place = parsePlace(to)
  if (!place) throw new WrongUsage('This is not an address like s3://KEY:SECRET@s3.example.org/BUCKET.')
  return place
}

async function intoRepository(call: Call, settings: Config, place: BackupPlace) {
  const start = Date.now()
  const outcome = await backUpInto(settings, place)
  tellOfFiles(call, outcome)
  if (outcome.ledgerFaults) call.tell(`pinhole: The ledger has ${outcome.ledgerFaults} faults. Run: pinhole audit`)
  const { files, bytes, newObjects, newBytes, read, kept } = outcome
  await note(call, settings, { start, place: nameOfPlace(place), files, bytes, newBytes })
  const added = `${formatBytes(newBytes)} of them new (${newObjects} objects)`
  await call.answer(
    `${outcome.place}: ${files} files, ${formatBytes(bytes)}, ${added}. The backup was proved, and ${read} objects were ` +
      `read again. There are ${kept} backups now.`,
    outcome,
  )
}

async function intoFile(call: Call, settings: Config, from: Source, path: string) {
  const start = Date.now()
  refuseExisting(path)
  const summary = await backUp(from, path)
  tellOfFiles(call, summary)
  const { files, bytes } = summary
  await note(call, settings, { start, place: path, files, bytes, newBytes: bytes })
  await call.answer(`${path}: ${files} files, ${formatBytes(bytes)}`, { path, ...summary })
}

async function toStandardOutput(call: Call, from: Source) {
  if (process.stdout.isTTY) throw new WrongUsage('The copy is no text for a terminal. Use: | program, or > FILE')
  const summary = await stream(from)
  tellOfFiles(call, summary)
  call.tell(`pinhole: Copied ${summary.files} files, ${formatBytes(summary.bytes)}`)
}

function tellOfFiles({ tell }: Call, { lost, changed }: Pick<Summary, 'lost' | 'changed'>) {
  for (const [what, ids] of [
    ['are lost and not in this copy', lost],
    ['have changed since they were stored, and are in this copy as they are', changed],
  ] as const)
    if (ids.length) tell(`pinhole: ${ids.length} stored files ${what}: files ${someOf(ids)}.`)
}

type Noted = { start: number; place: string; files: number; bytes: number; newBytes: number }

/** Tells the staff desk of a backup. The backup is there even if that fails. */
async function note({ tell }: Call, settings: Config, { start, ...made }: Noted) {
  const at = new Date()
  const row = { ...made, at, tookMs: +at - start, error: null }
  await withStore(settings, ({ write }) => write((tx) => recordBackup(tx, row))).catch((error) =>
    tell(`pinhole: The backup is not listed on the staff desk. ${error instanceof Error ? error.message : error}`),
  )
}

async function backUp(from: Source, path: string): Promise<Summary> {
  await using source = await openView(from)
  await refuseFullDisk(dirname(path), 2 * (await sizeOf(from)) + (await storedBytes(source.db)))
  breakOffOnSignals(() => removeDrafts(path))
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
  breakOffOnSignals(remove)
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

function removeDrafts(path: string) {
  for (const end of ['part', 'sqlite', 'sqlite-wal', 'sqlite-shm'])
    rmSync(`${path}.${process.pid}.${end}`, { force: true })
}
