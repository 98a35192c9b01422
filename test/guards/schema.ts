import { Database } from 'bun:sqlite'
import { Glob } from 'bun'
import { is } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { migrations } from '../../migrations'

const root = new URL('../../', import.meta.url).pathname

export type Column = { table: string; name: string; type: string; notNull: boolean; default: string | null }
/** One table, as `table.ts` or the database describes it. */
export type Table = {
  name: string
  columns: Column[]
  /** Its columns in order. */
  primaryKey: string[]
  autoIncrement: boolean
  /** Constraints, each as its columns. Unique indexes are in the migrations only. */
  unique: string[]
}

/** An empty database in memory that has run all migrations. */
export function migratedDatabase(): Database {
  const db = new Database(':memory:')
  for (const [, sql] of migrations) db.run(sql)
  return db
}

/** The tables of every `table.ts`. */
export const declaredTables = async (): Promise<Table[]> => (await tablesInSource()).map(declaredTable)

/** The columns that hold true or false, as `table.column`. SQLite stores them as numbers. */
export const booleanColumns = async (): Promise<Set<string>> =>
  new Set(
    (await tablesInSource())
      .map(getTableConfig)
      .flatMap(({ name: table, columns }) =>
        columns.filter(({ dataType }) => dataType === 'boolean').map(({ name }) => `${table}.${toSnakeCase(name)}`),
      ),
  )

async function tablesInSource(): Promise<SQLiteTable[]> {
  const paths = [...new Glob('src/**/table.ts').scanSync(root)].sort()
  const modules = await Promise.all(paths.map((path) => import(root + path)))
  return modules.flatMap((module) => Object.values(module)).filter((value) => is(value, SQLiteTable))
}

function declaredTable(table: SQLiteTable): Table {
  const { name: tableName, columns, primaryKeys } = getTableConfig(table)
  const nameOf = ({ name }: { name: string }) => toSnakeCase(name)
  return {
    name: tableName,
    columns: columns.map((column) => ({
      table: tableName,
      name: nameOf(column),
      type: column.getSQLType(),
      notNull: column.notNull,
      default: column.default === undefined ? null : literal(column.mapToDriverValue(column.default)),
    })),
    primaryKey: primaryKeys[0]?.columns.map(nameOf) ?? columns.filter(({ primary }) => primary).map(nameOf),
    autoIncrement: columns.some((column) => 'autoIncrement' in column && column.autoIncrement === true),
    unique: columns.filter(({ isUnique }) => isUnique).map(nameOf),
  }
}

const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(Number(value)))

type ColumnInfo = { name: string; type: string; notnull: 0 | 1; dflt_value: string | null; pk: number }
type IndexInfo = { name: string; origin: 'c' | 'u' | 'pk' }

/**
 * The tables that the database has after all migrations. The search indexes are left out: they are virtual tables, which
 * describe no types, and `src/search/search.test.ts` covers them.
 */
export const migratedTables = (db: Database): Table[] =>
  db
    .query<{ name: string; sql: string }, []>(
      `select name, sql from sqlite_schema join pragma_table_list using (name, type)
       where type = 'table' and name not like 'sqlite_%' order by sqlite_schema.rowid`,
    )
    .all()
    .map(({ name, sql }) => migratedTable(db, name, sql))

function migratedTable(db: Database, table: string, sql: string): Table {
  const columns = db.query<ColumnInfo, []>(`select * from pragma_table_info('${table}')`).all()
  const constraints = db
    .query<IndexInfo, []>(`select * from pragma_index_list('${table}')`)
    .all()
    .filter(({ origin }) => origin === 'u')
  const columnsOf = (index: IndexInfo) =>
    db.query<{ name: string }, []>(`select name from pragma_index_info('${index.name}')`).all()
  return {
    name: table,
    columns: columns.map(({ name, type, notnull, dflt_value, pk }) => ({
      table,
      name,
      type: type.toLowerCase(),
      notNull: notnull === 1 || pk > 0, // SQLite calls a primary key nullable unless the SQL repeats `not null`
      default: dflt_value,
    })),
    primaryKey: columns
      .filter(({ pk }) => pk)
      .sort((one, other) => one.pk - other.pk)
      .map(({ name }) => name),
    autoIncrement: /\bautoincrement\b/.test(sql),
    unique: constraints.map((index) =>
      columnsOf(index)
        .map(({ name }) => name)
        .join(', '),
    ),
  }
}

/** Every foreign key of the database, as the column and the table that it refers to. */
export const foreignKeys = (db: Database): { table: string; column: string; to: string }[] =>
  migratedTables(db).flatMap(({ name: table }) =>
    db
      .query<{ from: string; table: string }, []>(`select * from pragma_foreign_key_list('${table}')`)
      .all()
      .map(({ from: column, table: to }) => ({ table, column, to })),
  )
