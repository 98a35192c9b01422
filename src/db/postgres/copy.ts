import { Database, type SQLQueryBindings } from 'bun:sqlite'
import { rmSync, statSync } from 'node:fs'
import type { Client } from 'pg'
import { openStore } from '../open'
import { gatherInOneFile } from '../snapshot'
import { connect, lineOf, translate } from './client'
import { copyRows, hashOf, inOrder, insertAll, readPostgres, readSqlite, type Table, tablesOf } from './copy-rows'
import { INDEXES, PIECES, readWords, readWordsOfPostgres, toVectors } from './copy-words'
import { migrate, refuseUnfit, updateSchema } from './migrate'
import { beginInPostgres, beginInSqlite, keepInPostgres, keepInSqlite } from './moving'
import { refuseNul, withoutNul } from './nul'

/** How many rows were copied and compared, by table. */
export type Copied = Record<string, number>

type Options = {
  /** Tells how far the copy is. */
  tell?: (text: string) => void
  /** Whether to store a space where a text has a NUL, which PostgreSQL cannot store, instead of refusing. */
  replacesNul?: boolean
}

const GOES_ON = 'An earlier copy was interrupted. This one goes on with it.'
const BEGINS_AGAIN = 'The data has changed since an earlier copy was interrupted, so this one begins again.'

/**
 * Copies everything in a PostgreSQL database, as it is at one moment, into a new SQLite database, in transactions of
 * some thousand rows. When it was interrupted and nothing has changed since, the next call goes on with it.
 */
export async function copyToSqlite(url: string, path: string, { tell = () => {} }: Options = {}): Promise<Copied> {
  const client = await connect(url)
  let target: Database | undefined
  try {
    await client.query(`set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read read only`)
    await migrate(client, false)
    const source = await stateOfPostgres(client)
    target = openTarget(path)
    let progress = beginInSqlite(target, source)
    if (progress?.goesOn) tell(GOES_ON)
    if (!progress) {
      tell(BEGINS_AGAIN)
      target.close()
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
      target = openTarget(path)
      progress = beginInSqlite(target, source)!
    }
    const copied: Copied = {}
    for (const table of tablesOf(target)) {
      const { count, hash } = await copyRows(
        readPostgres(client, table),
        progress.rows.get(table.name) ?? 0,
        putInSqlite(target, table.name, table.columns),
      )
      copied[table.name] = count
      if (table.isNumbered) keepNumbers(target, table, await lastNumber(client, table))
      refuseDifferent(table, hash, await hashOf(readSqlite(target, table)))
    }
    for (const index of INDEXES)
      await copyRows(
        readWordsOfPostgres(client, index),
        progress.rows.get(index) ?? 0,
        putInSqlite(target, index, PIECES),
      )
    target.run('drop table moving')
    return copied
  } finally {
    target?.close()
    await client.end()
  }
}

function openTarget(path: string): Database {
  openStore(path).close()
  const target = new Database(path)
  target.run('pragma foreign_keys = off') // those of the source hold, and tables come in any order
  target.run('pragma synchronous = normal') // the whole copy is on the disk when the database is closed
  return target
}

function putInSqlite(target: Database, name: string, columns: string[]) {
  const places = columns.map(() => '?').join(', ')
  const insert = target.prepare(`insert into ${name} (${columns.join(', ')}) values (${places})`)
  return target.transaction((rows: unknown[][], until: number) => {
    for (const row of rows) insert.run(...(row as SQLQueryBindings[]))
    keepInSqlite(target, name, until)
  })
}

/**
 * Copies everything in a SQLite database into an empty PostgreSQL database, in transactions of some thousand rows. When
 * it was interrupted and nothing has changed since, the next call goes on with it.
 */
export async function copyToPostgres(
  path: string,
  url: string,
  { tell = () => {}, replacesNul = false }: Options = {},
): Promise<Copied> {
  openStore(path).close() // brings an older schema up to date
  gatherInOneFile(path) // which changes when anything in it does
  const { size, mtimeMs } = statSync(path)
  const source = new Database(path, { readonly: true })
  const client = await connect(url)
  try {
    const tables = inOrder(source, tablesOf(source))
    if (!replacesNul) refuseNul(source, tables)
    await refuseUnfit(client)
    await client.query('set idle_in_transaction_session_timeout = 0').catch(translate)
    await updateSchema(client)
    const names = [...tables.map(({ name }) => name), ...INDEXES]
    const progress = await beginInPostgres(client, `${size} ${mtimeMs}`, names, () => tell(BEGINS_AGAIN))
    if (progress.goesOn) tell(GOES_ON)
    source.run('begin')
    const copied: Copied = {}
    for (const table of tables) {
      const rows = readSqlite(source, table)
      const { count, hash } = await copyRows(
        replacesNul ? withoutNul(rows) : rows,
        progress.rows.get(table.name) ?? 0,
        putInPostgres(client, table.name, table.columns),
      )
      copied[table.name] = count
      const last = table.isNumbered && numberOf(source, table)
      if (last) await client.query(`select setval(pg_get_serial_sequence('${table.name}', 'id'), ${last})`)
      await client.query('begin read only')
      refuseDifferent(table, hash, await hashOf(readPostgres(client, table)))
      await client.query('commit')
    }
    for (const index of INDEXES)
      await copyRows(
        toVectors(readWords(source, index)),
        progress.rows.get(index) ?? 0,
        putInPostgres(client, index, PIECES),
      )
    await client.query('analyze; drop table moving').catch(translate) // so that the first queries are planned well
    return copied
  } finally {
    source.close()
    await client.end()
  }
}

const putInPostgres = (client: Client, name: string, columns: string[]) => async (rows: unknown[][], until: number) => {
  await client.query('begin').catch(translate)
  await insertAll(client, name, columns, rows)
  await keepInPostgres(client, name, until)
  await client.query('commit').catch(translate)
}

function refuseDifferent({ name }: Table, one: string, other: string) {
  if (one !== other)
    throw new Error(`The copy of the table ${name} differs from the original. Empty the target, and copy again.`)
}

/** Changes with every transaction, because each server counts its own. */
async function stateOfPostgres(client: Client): Promise<string> {
  const { rows } = await lineOf(client).query('select id, commits from nodes order by id')
  return new Bun.CryptoHasher('sha256').update(JSON.stringify(rows)).digest('hex')
}

/** The last number that a table gave to a row, also if that row was deleted: no number is given twice. */
const numberOf = (db: Database, { name }: Table): number =>
  db.query<{ seq: number }, [string]>('select seq from sqlite_sequence where name = ?').get(name)?.seq ?? 0

async function lastNumber(client: Client, { name }: Table): Promise<number> {
  const sequence = `pg_get_serial_sequence('${name}', 'id')`
  const { rows } = await lineOf(client).query(`select coalesce(pg_sequence_last_value(${sequence}::regclass), 0)`)
  return rows[0]?.[0] as number
}

function keepNumbers(db: Database, table: Table, last: number) {
  if (last <= numberOf(db, table)) return
  db.run('delete from sqlite_sequence where name = ?', [table.name])
  db.run('insert into sqlite_sequence (name, seq) values (?, ?)', [table.name, last])
}

/** The bytes that a database takes on the disk of its server. */
export async function databaseSize(url: string): Promise<number> {
  const client = await connect(url)
  try {
    return (await lineOf(client).query('select pg_database_size(current_database())')).rows[0]?.[0] as number
  } finally {
    await client.end()
  }
}
