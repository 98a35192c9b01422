import { type Logger, NoopLogger, type Query } from 'drizzle-orm'
import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import {
  BaseSQLiteDatabase,
  type PreparedQueryConfig,
  type SelectedFieldsOrdered,
  type SQLiteExecuteMethod,
  SQLitePreparedQuery,
  SQLiteSession,
} from 'drizzle-orm/sqlite-core'
import { binder, type Joins, mapper, type Row, type Values } from '../rows'
import type { Line } from './client'
import { PostgresDialect } from './dialect'

type Watch = { logger?: Logger | undefined; onPrepare?: ((sql: string) => void) | undefined }
type Config = PreparedQueryConfig & { type: 'async' }

/** A database for drizzle's query builder that asks a PostgreSQL server. */
export function openDrizzle(line: Line, watch: Watch = {}): BunSQLiteDatabase {
  const dialect = new PostgresDialect()
  const session = new Session(line, dialect, watch)
  return new BaseSQLiteDatabase('async', dialect, session, undefined) as unknown as BunSQLiteDatabase
}

class Session extends SQLiteSession<'async', unknown, Record<string, unknown>, Record<string, never>> {
  readonly #line: Line
  readonly #logger: Logger
  readonly #onPrepare: ((sql: string) => void) | undefined

  constructor(line: Line, dialect: PostgresDialect, { logger = new NoopLogger(), onPrepare }: Watch) {
    super(dialect)
    this.#line = line
    this.#logger = logger
    this.#onPrepare = onPrepare
  }

  override prepareQuery(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    executeMethod: SQLiteExecuteMethod,
    _isResponseInArrayMode: boolean,
    customResultMapper?: (rows: Row[]) => unknown,
  ) {
    this.#onPrepare?.(query.sql)
    return new LineQuery(this.#line, this.#logger, query, fields, executeMethod, customResultMapper)
  }

  override transaction(): never {
    throw new Error('Only write() begins transactions.')
  }
}

class LineQuery extends SQLitePreparedQuery<Config> {
  declare joinsNotNullableMap?: Joins
  #bind?: (values: Values) => unknown[]
  #map?: (rows: Row[]) => object[]

  constructor(
    readonly line: Line,
    readonly log: Logger,
    query: Query,
    readonly selected: SelectedFieldsOrdered | undefined,
    executeMethod: SQLiteExecuteMethod,
    readonly custom: ((rows: Row[]) => unknown) | undefined,
  ) {
    super('async', executeMethod, query)
  }

  #ask(values: Values) {
    const { sql, params } = this.getQuery()
    this.#bind ??= binder(params)
    const bound = this.#bind(values)
    this.log.logQuery(sql, bound)
    return this.line.query(sql, bound)
  }

  override async values(values: Values = {}): Promise<Row[]> {
    return (await this.#ask(values)).rows
  }

  override async all(values: Values = {}): Promise<unknown> {
    const rows = await this.values(values)
    if (this.custom) return this.custom(rows)
    if (!this.selected) return rows
    this.#map ??= mapper(this.selected, this.joinsNotNullableMap)
    return this.#map(rows)
  }

  override async get(values: Values = {}): Promise<unknown> {
    return ((await this.all(values)) as unknown[])[0]
  }

  /** Counts the changed rows, as SQLite's driver does. */
  override async run(values: Values = {}): Promise<{ changes: number }> {
    return { changes: (await this.#ask(values)).rowCount ?? 0 }
  }

  /** @internal */
  isResponseInArrayMode() {
    return true
  }
}
