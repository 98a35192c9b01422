import { Column, getTableColumns, is, SQL, type SQLChunk, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { SQLiteAsyncDialect, type SQLiteInsertConfig, SQLiteInteger } from 'drizzle-orm/sqlite-core'
import { writtenFor } from '../by-engine'

/**
 * Writes the queries of drizzle's builder for SQLite as PostgreSQL reads them. Both engines have the same tables and the
 * same queries; the few parts that differ come from `byEngine`.
 */
export class PostgresDialect extends SQLiteAsyncDialect {
  constructor() {
    super({ casing: 'snake_case' })
  }

  override escapeParam(index: number) {
    return `$${index + 1}`
  }

  override sqlToQuery(query: SQL, invokeSource?: 'indexes') {
    return writtenFor('postgres', () => super.sqlToQuery(query, invokeSource))
  }

  /** SQLite gives a row a new id in place of null. PostgreSQL wants to be asked for the default. */
  override buildInsertQuery(config: SQLiteInsertConfig) {
    const { table, values, select } = config
    const onConflict = config.onConflict?.map(withBareTarget) ?? []
    if (select || !Array.isArray(values)) return super.buildInsertQuery({ ...config, onConflict })
    const ids = Object.entries(getTableColumns(table)).filter(([, column]) => isNumbered(column))
    const newIds = Object.fromEntries(ids.map(([name]) => [name, sql`default`]))
    return super.buildInsertQuery({ ...config, onConflict, values: values.map((row) => ({ ...newIds, ...row })) })
  }
}

/** drizzle writes `on conflict ("jobs"."key")`, where PostgreSQL takes only names without their table. */
const withBareTarget = (clause: SQL): SQL =>
  sql.fromList(
    clause.queryChunks.map((chunk) =>
      is(chunk, SQL) && chunk.queryChunks.some(isTarget) ? sql.fromList(chunk.queryChunks.map(bare)) : chunk,
    ),
  )

const isTarget = (chunk: unknown): chunk is Column[] => Array.isArray(chunk) && chunk.every((each) => is(each, Column))
const bare = (chunk: SQLChunk): SQLChunk =>
  isTarget(chunk) ? chunk.map((column) => sql.identifier(toSnakeCase(column.name))) : chunk

const isNumbered = (column: unknown) => is(column, SQLiteInteger) && column.autoIncrement
