import type { Database } from 'bun:sqlite'
import type { Client } from 'pg'
import { lineOf } from './client'

/** How many rows are read at a time and stored in one transaction. */
const CHUNK = 2000
/** How many values one insertion into PostgreSQL may have. */
const MOST_VALUES = 30_000

export type Table = { name: string; columns: string[]; key: string[]; isNumbered: boolean }

/** The tables with data, without those that only the copying and the migrations use, and the search indexes. */
export function tablesOf(db: Database): Table[] {
  const named = db
    .query<{ name: string; sql: string }, []>(
      `select name, sql from sqlite_schema join pragma_table_list using (name, type)
       where type = 'table' and name not like 'sqlite_%' and name not in ('migrations', 'moving')
       order by sqlite_schema.rowid`,
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
export function inOrder(db: Database, tables: Table[]): Table[] {
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

/** Gathers rows into arrays of at most `CHUNK`. */
export function* inChunks<T>(rows: Iterable<T>): Generator<T[]> {
  let chunk: T[] = []
  for (const row of rows) {
    chunk.push(row)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length) yield chunk
}

/** Rows as SQLite holds them, in the order of their keys, which is the same in both engines. */
export function* readSqlite(db: Database, { name, columns, key }: Table): Generator<unknown[][]> {
  const rows = db.query(`select ${columns.join(', ')} from ${name} order by ${key.join(', ')}`)
  for (const chunk of inChunks(rows.iterate() as Iterable<Record<string, unknown>>))
    yield chunk.map((row) => columns.map((column) => row[column]))
}

/** Reads the same rows from PostgreSQL, in the transaction that the client is in. */
export async function* readPostgres(client: Client, { name, columns, key }: Table): AsyncGenerator<unknown[][]> {
  const { rows: types } = await lineOf(client).query(
    `select attname, atttypid = 'text'::regtype from pg_attribute where attrelid = $1::regclass and attnum > 0`,
    [name],
  )
  const texts = new Set(types.filter(([, isText]) => isText).map(([column]) => column))
  const order = key.map((column) => `"${column}"${texts.has(column) ? ' collate "C"' : ''}`).join(', ')
  yield* readQuery(client, `select ${quoted(columns)} from ${name} order by ${order}`)
}

/**
 * Reads the rows of a query by a cursor, so that they need not fit into memory. Booleans become the numbers of SQLite.
 */
export async function* readQuery(client: Client, query: string): AsyncGenerator<unknown[][]> {
  const line = lineOf(client)
  await client.query(`declare copied no scroll cursor for ${query}`)
  for (;;) {
    const { rows } = await line.query(`fetch ${CHUNK} from copied`)
    if (rows.length) yield rows.map((row) => row.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
    if (rows.length < CHUNK) break
  }
  await client.query('close copied')
}

/** Inserts rows by as few statements as the number of values in one allows. */
export async function insertAll(client: Client, name: string, columns: string[], rows: unknown[][]): Promise<void> {
  const most = Math.floor(MOST_VALUES / columns.length)
  for (let at = 0; at < rows.length; at += most) {
    const some = rows.slice(at, at + most)
    const places = some.map((row, n) => `(${row.map((_, m) => `$${n * columns.length + m + 1}`).join(', ')})`)
    const text = `insert into ${name} (${quoted(columns)}) values ${places.join(', ')}`
    await client.query({ text, values: some.flat() })
  }
}

const quoted = (columns: string[]) => columns.map((column) => `"${column}"`).join(', ')

type Chunks = Iterable<unknown[][]> | AsyncIterable<unknown[][]>

/**
 * Stores all rows but the first `done`, which are there already. `put` also stores how many are there then. Returns the
 * number of all rows and a hash of them.
 */
export async function copyRows(
  chunks: Chunks,
  done: number,
  put: (rows: unknown[][], until: number) => void | Promise<void>,
): Promise<{ count: number; hash: string }> {
  const hash = new Bun.CryptoHasher('sha256')
  let count = 0
  for await (const rows of chunks) {
    hash.update(JSON.stringify(rows))
    const missing = rows.slice(Math.max(0, done - count))
    count += rows.length
    if (missing.length) await put(missing, count)
  }
  return { count, hash: hash.digest('hex') }
}

/** The hash of all rows, by which two copies are compared. */
export const hashOf = async (chunks: Chunks): Promise<string> => (await copyRows(chunks, 0, () => {})).hash
