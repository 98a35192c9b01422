import type { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Client } from 'pg'
import { migrations, postgresMigrations } from '../../migrations'
import { dropDatabase, freshDatabase } from '../postgres/databases'
import { booleanColumns, foreignKeys, migratedDatabase, migratedTables } from './schema'

/** What the nodes on one PostgreSQL database share, and the list of migrations, which no migration makes. */
const ONLY_POSTGRES = ['nodes', 'shared', 'limits', 'migrations']
/** The search indexes, which are virtual tables in SQLite; `src/search/search.test.ts` covers them. */
const SEARCH = ['captions', 'names', 'tag_names']

let sqlite: Database
let postgres: Client
let url: string
beforeAll(async () => {
  sqlite = migratedDatabase()
  url = await freshDatabase()
  postgres = new Client(url)
  await postgres.connect()
})
afterAll(async () => {
  sqlite.close()
  await postgres.end()
  await dropDatabase(url)
})

const rows = async (sql: string) => (await postgres.query({ text: sql, rowMode: 'array' })).rows as string[][]
const inPublic = `n.nspname = 'public' and c.relname not in (${[...ONLY_POSTGRES, ...SEARCH].map((name) => `'${name}'`)})`

const TYPES: Record<string, string> = { integer: 'bigint', text: 'text', real: 'double precision' }

test('both engines have the same tables with the same columns, keys and defaults', async () => {
  const booleans = await booleanColumns()
  expect(booleans.size).toBeGreaterThan(5)
  const ofSqlite = migratedTables(sqlite).flatMap(({ columns, primaryKey, unique }) =>
    columns.map(({ table, name, type, notNull, default: otherwise }) => {
      const isBoolean = booleans.has(`${table}.${name}`)
      const value = isBoolean && otherwise !== null ? String(otherwise === '1') : otherwise
      return [
        `${table}.${name}`,
        isBoolean ? 'boolean' : TYPES[type],
        notNull,
        value,
        primaryKey.indexOf(name),
        unique.includes(name),
      ]
    }),
  )
  const ofPostgres = await rows(`
    select c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      replace(pg_get_expr(d.adbin, d.adrelid), '::text', ''),
      coalesce(array_position(p.conkey, a.attnum), 0) - 1,
      exists (select 1 from pg_constraint u where u.conrelid = c.oid and u.contype = 'u' and u.conkey = array[a.attnum])
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
    where c.relkind = 'r' and ${inPublic}`)
  const sorted = (list: unknown[][]) => list.map((row) => row.join(' | ')).sort()
  expect(sorted(ofPostgres)).toEqual(sorted(ofSqlite))
})

test('both engines check the same references and as many conditions', async () => {
  const ofPostgres = await rows(`
    select c.relname || '.' || a.attname || ' → ' || r.relname || case f.confdeltype when 'c' then ' cascade' else '' end
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1] where f.contype = 'f'`)
  const cascades = (table: string, column: string) =>
    sqlite
      .query<{ from: string; on_delete: string }, []>(`select * from pragma_foreign_key_list('${table}')`)
      .all()
      .some(({ from, on_delete }) => from === column && on_delete === 'CASCADE')
  const ofSqlite = foreignKeys(sqlite).map(
    ({ table, column, to }) => `${table}.${column} → ${to}${cascades(table, column) ? ' cascade' : ''}`,
  )
  expect(ofPostgres.flat().sort()).toEqual(ofSqlite.sort())
  const checks = await rows(`
    select c.relname, count(*)::int from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'c' group by 1`)
  const written = sqlite
    .query<{ name: string; sql: string }, []>(`select name, sql from sqlite_schema where type = 'table'`)
    .all()
    .map(({ name, sql }) => [name, sql.match(/\bcheck \(/g)?.length ?? 0] as const)
    .filter(([, count]) => count)
  expect(Object.fromEntries(checks)).toEqual(Object.fromEntries(written))
})

/** An index as both engines would write it, without what says nothing: brackets, spaces, types and the schema. */
const plain = (sql: string) =>
  sql
    .toLowerCase()
    .replace(/ using btree|public\.|::\w+|"/g, '')
    .replace(/(\w+) = 0/g, 'not $1')
    .replace(/\b(merged|read|leased) = 1/g, '$1')
    .replace(/[()\s]+/g, ' ')
    .replace(/ ,/g, ',')
    .trim()

test('both engines have the same indexes', async () => {
  const ofPostgres = await rows(`
    select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${inPublic} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`)
  const ofSqlite = sqlite.query<{ sql: string }, []>(`select sql from sqlite_schema where type = 'index' and sql <> ''`)
  expect(ofPostgres.map(([sql]) => plain(sql!)).sort()).toEqual(
    ofSqlite
      .all()
      .map(({ sql }) => plain(sql))
      .sort(),
  )
})

test('what the staff did cannot be changed or deleted in PostgreSQL either', async () => {
  await postgres.query(`insert into actions (at, kind) values (0, 'x')`)
  for (const change of ['update actions set at = 1', 'delete from actions', 'truncate actions'])
    await expect(postgres.query(change), change).rejects.toThrow('Recorded actions cannot be')
})

test('the migrations of both engines have the same names from the first common one on', () => {
  const names = (list: [string, string][]) => list.map(([name]) => name.slice(0, 4))
  const [first] = names(postgresMigrations)
  expect(names(postgresMigrations)).toEqual(names(migrations).filter((name) => name >= first!))
})
