import { expect, test } from 'bun:test'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import { auditLedger } from '../../src/coins/audit'
import { auditFiles } from '../../src/files/audit'
import { references } from './references'
import { migratedDatabase, migratedTables } from './schema'

const COINS = /^(coins|earned|balance|price|fee|amount|taken|claimed)(_after)?$/

/** Tables with coins or files that `pinhole audit` does not read, and why there is nothing to prove. */
const NOT_AUDITED: Record<string, string> = {
  draft_files: 'Foreign keys hold it to files that exist, and no bytes depend on it.',
  drafts: 'Its price is what the author thought of asking. No coin has moved for it.',
  happenings: 'It repeats for scripts what the ledger says, and is deleted after a week.',
  hook_deliveries: 'It repeats for the server of a member what the ledger says, and is deleted after a week.',
  notifications: 'It repeats for people what the ledger and the files say.',
}

/** The names of all tables in the statements that an audit of an empty database makes. */
async function auditedTables(): Promise<Set<string>> {
  const seen = new Set<string>()
  const logQuery = (statement: string) => {
    for (const [, name = ''] of statement.matchAll(/\b(?:from|join) "?(\w+)"?/g)) seen.add(name)
  }
  const db = drizzle({ client: migratedDatabase(), casing: 'snake_case', logger: { logQuery } })
  await auditLedger(db)
  await auditFiles(db, { open: async () => null } as never)
  return seen
}

test('every table with coins or files is audited, or is listed here with the reason why not', async () => {
  using db = migratedDatabase()
  const audited = await auditedTables()
  const coins = migratedTables(db).filter(({ columns }) => columns.some(({ name }) => COINS.test(name)))
  const linked = references(db).filter(({ to }) => ['transfers', 'coin_accounts', 'files'].includes(to))
  const all = new Set([...coins.map(({ name }) => name), ...linked.map(({ table }) => table), 'files'])
  expect(all.size).toBeGreaterThan(10)
  expect([...all].filter((name) => !audited.has(name)).sort()).toEqual(Object.keys(NOT_AUDITED).sort())
})
