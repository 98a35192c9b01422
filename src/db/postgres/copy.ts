import { Database, type SQLQueryBindings } from 'bun:sqlite'
import type { Client } from 'pg'
import { openStore } from '../open'
import { connect, lineOf, translate } from './client'
import { type Piece, placeOf, putWords, wordsOf } from './copy-words'
import { migrate, refuseUnfit } from './migrate'

/** How many rows are read at a time, and how many values one insertion into PostgreSQL may have. */
const CHUNK = 2000
const MOST_VALUES = 30_000

type Table = { name: string; columns: string[]; key: string[]; isNumbered: boolean }
/** How many rows were copied and compared, by table. */
export type Copied = Record<string, number>

/** Copies everything in a PostgreSQL database, as it is at one moment, into a new SQLite database. */
export async function copyToSqlite(url: string, path: string): Promise<Copied> {
  openStore(path).close()
  const client = await connect(url)
  const target = new Database(path)
  try {
    await client.query(`set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read read only`)
    await migrate(client, false)
    target.run('pragma foreign_keys = off')
    const copied: Copied = {}
    for (const table of tablesOf(target)) {
      const hash = new Bun.CryptoHasher('sha256')
      copied[table.name] = 0
      target.run('begin')
      const places = table.columns.map(() => '?').join(', ')
      const insert = target.prepare(`insert into ${table.name} (${table.columns.join(', ')}) values (${places})`)
      for await (const rows of readPostgres(client, table)) {
        for (const row of rows) insert.run(...(row as SQLQueryBindings[]))
        hash.update(JSON.stringify(rows))
        copied[table.name]! += rows.length
      }
      target.run('commit')
      if (table.isNumbered) keepNumbers(target, table, await lastNumber(client, table))
      refuseDifferent(table, hash.digest('hex'), hashOf(readSqlite(target, table)))
    }
    target.run('begin')
    await wordsOf(client, (index, row) => putWords(target, index, row))
    target.run('commit')
    return copied
  } finally {
    target.close()
    await client.end()
  }
}

/** Copies everything in a SQLite database into an empty PostgreSQL database, or nothing when it fails. */
export async function copyToPostgres(path: string, url: string): Promise<Copied> {
  openStore(path).close() // brings an older schema up to date
  const source = new Database(path, { readonly: true })
  const client = await connect(url)
  try {
    await refuseUnfit(client)
    await migrate(client, true)
    await client.query('set idle_in_transaction_session_timeout = 0; begin').catch(translate)
    if ((await client.query('select from users limit 1')).rowCount)
      throw new Error('There is a community in the PostgreSQL database already. Choose an empty one.')
    source.run('begin')
    const copied: Copied = {}
    for (const table of inOrder(source, tablesOf(source))) {
      const hash = new Bun.CryptoHasher('sha256')
      copied[table.name] = 0
      for (const rows of readSqlite(source, table)) {
        await insertAll(client, table, rows)
        hash.update(JSON.stringify(rows))
        copied[table.name]! += rows.length
      }
      if (table.isNumbered) {
        const last = numberOf(source, table)
        if (last) await client.query(`select setval(pg_get_serial_sequence('${table.name}', 'id'), ${last})`)
      }
      const there = new Bun.CryptoHasher('sha256')
      for await (const rows of readPostgres(client, table)) there.update(JSON.stringify(rows))
      refuseDifferent(table, hash.digest('hex'), there.digest('hex'))
    }
    for (const [index, pieces] of placeOf(source)) await insertWords(client, index, pieces)
    await client.query('commit').catch(translate)
    return copied
  } finally {
    source.close()
    await client.end()
  }
}

function refuseDifferent({ name }: Table, one: string, other: string) {
  if (one !== other)
    throw new Error(`The copy of the table ${name} differs from the original. Nothing was changed there.`)
}

/** The tables with data, without the list of migrations and the search indexes. */
function tablesOf(db: Database): Table[] {
  const named = db
    .query<{ name: string; sql: string }, []>(
      `select name, sql from sqlite_schema join pragma_table_list using (name, type)
       where type = 'table' and name not like 'sqlite_%' and name <> 'migrations' order by sqlite_schema.rowid`,
    )
    .all()
  return named.map(({ name, sql }) => {
    const columns = db
      .query<{ name: string; pk: number }, []>(`select name, pk from pragma_table_info('${name}')`)
      .all()
    const key = columns.filter(({ pk }) => pk).sort((one, other) => one.pk - other.pk)
    return {
      name,
      columns: columns.map((column) => column.name),
      key: key.map((column) => column.name),
      isNumbered: /\bautoincrement\b/i.test(sql),
    }
  })
}

/** Tables after those that they refer to. Rows that refer to others of the same table come after them by their ids. */
function inOrder(db: Database, tables: Table[]): Table[] {
  const ordered = new Set<Table>()
  const visit = (table: Table) => {
    const to = db.query<{ table: string }, []>(`select "table" from pragma_foreign_key_list('${table.name}')`).all()
    for (const other of tables)
      if (other !== table && !ordered.has(other) && to.some((key) => key.table === other.name)) visit(other)
    ordered.add(table)
  }
  for (const table of tables) visit(table)
  return [...ordered]
}

/** Rows as SQLite holds them, in the order of their keys, which is the same in both engines. */
function* readSqlite(db: Database, { name, columns, key }: Table): Generator<unknown[][]> {
  const rows = db.query(`select ${columns.join(', ')} from ${name} order by ${key.join(', ')}`)
  let chunk: unknown[][] = []
  for (const row of rows.iterate() as Iterable<Record<string, unknown>>) {
    chunk.push(columns.map((column) => row[column]))
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length) yield chunk
}

async function* readPostgres(client: Client, { name, columns, key }: Table): AsyncGenerator<unknown[][]> {
  const line = lineOf(client)
  const { rows: types } = await line.query(
    `select attname, atttypid = 'text'::regtype from pg_attribute where attrelid = $1::regclass and attnum > 0`,
    [name],
  )
  const texts = new Set(types.filter(([, isText]) => isText).map(([column]) => column))
  const order = key.map((column) => `"${column}"${texts.has(column) ? ' collate "C"' : ''}`).join(', ')
  const list = columns.map((column) => `"${column}"`).join(', ')
  await client.query(`declare copied no scroll cursor for select ${list} from ${name} order by ${order}`)
  for (;;) {
    const { rows } = await line.query(`fetch ${CHUNK} from copied`)
    if (rows.length) yield rows.map((row) => row.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
    if (rows.length < CHUNK) break
  }
  await client.query('close copied')
}

async function insertAll(client: Client, { name, columns }: Table, rows: unknown[][]) {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const most = Math.floor(MOST_VALUES / columns.length)
  for (let at = 0; at < rows.length; at += most) {
    const some = rows.slice(at, at + most)
    const places = some.map((row, n) => `(${row.map((_, m) => `$${n * columns.length + m + 1}`).join(', ')})`)
    await client.query({ text: `insert into ${name} (${list}) values ${places.join(', ')}`, values: some.flat() })
  }
}

async function insertWords(client: Client, index: string, pieces: Iterable<Piece>) {
  for (const { id, words, initials } of pieces)
    await client.query({
      name: `words of ${index}`,
      text: `insert into ${index} (rowid, words, initials) values ($1, $2::tsvector, $3::tsvector)`,
      values: [id, words, initials],
    })
}

function hashOf(chunks: Iterable<unknown[][]>): string {
  const hash = new Bun.CryptoHasher('sha256')
  for (const rows of chunks) hash.update(JSON.stringify(rows))
  return hash.digest('hex')
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

export async function databaseSize(url: string): Promise<number> {
  const client = await connect(url)
  try {
    return (await lineOf(client).query('select pg_database_size(current_database())')).rows[0]?.[0] as number
  } finally {
    await client.end()
  }
}
