import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { auditLedger } from '../coins/audit'
import type { Config } from '../config'
import type { Place } from '../db/database'
import { lockFolder } from '../db/lock'
import { openMoment } from '../db/view'
import { giveToOwnerOf } from '../owner'
import { shareSecrets } from '../shared-keys'
import { DATABASE, SECRETS } from './archive/format'
import { type Command, WrongUsage } from './command'

export const move: Command = {
  usage: '--to postgres://…|DIR',
  about: `Copies all rows of a data folder into an empty PostgreSQL database, or of the database of PINHOLE_DATABASE_URL
into a folder: the data folder itself, or an empty one, which also gets the keys and the stored files. Stop the server
first. Every table is read again and compared, and the ledger is checked. If something fails, run the command again.
What is copied is not deleted. Files in a bucket stay there; see pinhole files move.`,
  options: { to: { value: 'PLACE', about: 'the PostgreSQL database or the folder to copy to' } },
  takes: [0, 0],
  async run({ config, flag, answer }) {
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
      const { place, tables, next } = isDatabase ? await intoDatabase(from, to) : await intoFolder(from, resolve(to))
      const faults = await faultsOf(place)
      if (faults.length) throw new Error(`The ledger of the copy has faults. Run: pinhole audit\n${faults.join('\n')}`)
      const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
      await answer(`${rows} rows were copied and compared, and the ledger has no faults. ${next}`, { rows, tables })
    } finally {
      lock.release()
    }
  },
}

async function intoDatabase({ dataDir }: Config, databaseUrl: string) {
  const { copyToPostgres } = await import('../db/postgres/copy')
  const tables = await copyToPostgres(join(dataDir, DATABASE), databaseUrl)
  const next = `Set PINHOLE_DATABASE_URL and PINHOLE_SECRET, and start the server. ${join(dataDir, DATABASE)} is not used any more.`
  return { place: { dataDir, databaseUrl }, tables, next }
}

async function intoFolder(from: Config, dataDir: string) {
  const isElsewhere = dataDir !== from.dataDir
  if (existsSync(join(dataDir, DATABASE))) throw new Error(`${join(dataDir, DATABASE)} exists and is not overwritten.`)
  if (isElsewhere && existsSync(dataDir) && readdirSync(dataDir).length) throw new Error(`${dataDir} is not empty.`)
  await shareSecrets(from)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (isElsewhere)
    for (const name of [SECRETS, 'media'])
      if (existsSync(join(from.dataDir, name)))
        cpSync(join(from.dataDir, name), join(dataDir, name), { recursive: true })
  const { copyToSqlite } = await import('../db/postgres/copy')
  const tables = await copyToSqlite(from.databaseUrl!, join(dataDir, DATABASE))
  giveToOwnerOf(dataDir, dataDir)
  const next = `Unset PINHOLE_DATABASE_URL, and start the server with: pinhole --data ${dataDir}`
  return { place: { dataDir, databaseUrl: undefined }, tables, next }
}

async function faultsOf(place: Place): Promise<string[]> {
  await using copy = await openMoment(place)
  return (await auditLedger(copy.db)).faults
}
