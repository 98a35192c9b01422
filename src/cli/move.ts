import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { auditLedger } from '../coins/audit'
import type { Config } from '../config'
import type { Place } from '../db/database'
import { lockFolder } from '../db/lock'
import { gatherInOneFile } from '../db/snapshot'
import { openMoment } from '../db/view'
import { giveToOwnerOf } from '../owner'
import { shareSecrets } from '../shared-keys'
import { DATABASE, SECRETS } from './archive/format'
import { type Command, WrongUsage } from './command'

/** The name of the database while it is being copied. */
const DRAFT = `${DATABASE}.moving`

export const move: Command = {
  usage: '--to postgres://…|DIR [--replace-nul]',
  about: `Copies all rows of a data folder into an empty PostgreSQL database, or of the database of PINHOLE_DATABASE_URL
into a folder: the data folder itself, or an empty one, which also gets the keys and the stored files. Stop all servers
first. Every table is read again and compared, and the ledger is checked. When it is interrupted, run it again: it goes
on where it was, and no server starts on a part of a community. What is copied is not deleted. Files in a bucket stay
there; see pinhole files move.`,
  options: {
    to: { value: 'PLACE', about: 'the PostgreSQL database or the folder to copy to' },
    'replace-nul': { about: 'store a space where a text has the character NUL, which PostgreSQL cannot store' },
  },
  takes: [0, 0],
  async run({ config, flag, answer, tell }) {
    const to = flag('to')
    if (!to) throw new WrongUsage('--to is missing.')
    const from = await config()
    const lock = lockFolder(from.dataDir)
    try {
      const isDatabase = /^postgres(ql)?:/.test(to)
      if (isDatabase === Boolean(from.databaseUrl))
        throw new Error(
          isDatabase
            ? 'The rows are in PostgreSQL already. Unset PINHOLE_DATABASE_URL to copy those of the data folder.'
            : 'Set PINHOLE_DATABASE_URL to the database whose rows are to be copied into the folder.',
        )
      const options = { tell: (text: string) => tell(`pinhole: ${text}`), replacesNul: Boolean(flag('replace-nul')) }
      const { place, tables, next } = isDatabase
        ? await intoDatabase(from, to, options)
        : await intoFolder(from, resolve(to), options)
      const faults = await faultsOf(place)
      if (faults.length) throw new Error(`The ledger of the copy has faults. Run: pinhole audit\n${faults.join('\n')}`)
      const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
      await answer(`${rows} rows were copied and compared, and the ledger has no faults. ${next}`, { rows, tables })
    } finally {
      lock.release()
    }
  },
}

type Options = { tell: (text: string) => void; replacesNul: boolean }

async function intoDatabase({ dataDir }: Config, databaseUrl: string, options: Options) {
  const { copyToPostgres } = await import('../db/postgres/copy')
  const tables = await copyToPostgres(join(dataDir, DATABASE), databaseUrl, options)
  const next = `Set PINHOLE_DATABASE_URL and PINHOLE_SECRET, and start the server. ${join(dataDir, DATABASE)} is not used any more.`
  return { place: { dataDir, databaseUrl }, tables, next }
}

async function intoFolder(from: Config, dataDir: string, options: Options) {
  const isElsewhere = dataDir !== from.dataDir
  if (existsSync(join(dataDir, DATABASE))) throw new Error(`${join(dataDir, DATABASE)} exists and is not overwritten.`)
  const isBegun = existsSync(join(dataDir, DRAFT))
  if (isElsewhere && !isBegun && existsSync(dataDir) && readdirSync(dataDir).length)
    throw new Error(`${dataDir} is not empty.`)
  await shareSecrets(from)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = join(dataDir, DRAFT)
  writeFileSync(draft, '', { flag: 'a', mode: 0o600 }) // by which the next call knows the folder
  if (isElsewhere) for (const name of [SECRETS, 'media']) copyMissing(join(from.dataDir, name), join(dataDir, name))
  const { copyToSqlite } = await import('../db/postgres/copy')
  const tables = await copyToSqlite(from.databaseUrl!, draft, options)
  gatherInOneFile(draft)
  for (const end of ['-wal', '-shm']) rmSync(draft + end, { force: true })
  renameSync(draft, join(dataDir, DATABASE))
  giveToOwnerOf(dataDir, dataDir)
  const next = `Unset PINHOLE_DATABASE_URL, and start the server with: pinhole --data ${dataDir}`
  return { place: { dataDir, databaseUrl: undefined }, tables, next }
}

/** Copies a file or a folder, without what an interrupted copy brought whole. */
function copyMissing(from: string, to: string) {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size
  const isMissing = (one: string, other: string) => statSync(one).isDirectory() || sizeOf(one) !== sizeOf(other)
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: isMissing })
}

async function faultsOf(place: Place): Promise<string[]> {
  await using copy = await openMoment(place)
  return (await auditLedger(copy.db)).faults
}
