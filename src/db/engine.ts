import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite'
import { type Logger, NoopLogger, type Query } from 'drizzle-orm'
import { type BunSQLiteDatabase, PreparedQuery, SQLiteBunSession } from 'drizzle-orm/bun-sqlite'
import { BaseSQLiteDatabase, type SelectedFieldsOrdered, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { binder, type Joins, mapper, type Row, type Values } from './rows'

/** How many compiled statements a connection keeps. Queries with lists of varying length have many texts. */
const MOST_STATEMENTS = 500

/**
 * SQLite plans a statement again whenever a value is bound that its planner has looked at, for a partial index or the
 * statistics of a column. That takes ten times as long as most of our queries. The planner does not look behind a sign,
 * which changes nothing else, so every value is written as `+?`.
 */
class Dialect extends SQLiteSyncDialect {
  override escapeParam() {
    return '+?'
  }
}

type Watch = { logger?: Logger | undefined; onPrepare?: ((sql: string) => void) | undefined }

/** A database for drizzle's query builder that compiles each SQL text once. */
export function openDrizzle(client: Database, watch: Watch = {}): BunSQLiteDatabase {
  const dialect = new Dialect({ casing: 'snake_case' })
  const session = new Session(client, dialect, watch)
  return new BaseSQLiteDatabase('sync', dialect, session, undefined) as unknown as BunSQLiteDatabase
}

class Session extends SQLiteBunSession<Record<string, unknown>, Record<string, never>> {
  readonly #compile: (text: string) => Statement
  readonly #logger: Logger
  readonly #onPrepare: ((sql: string) => void) | undefined

  constructor(client: Database, dialect: SQLiteSyncDialect, { logger = new NoopLogger(), onPrepare }: Watch) {
    super(client, dialect, undefined, { logger })
    this.#compile = compiler(client)
    this.#logger = logger
    this.#onPrepare = onPrepare
  }

  override prepareQuery(...args: Parameters<SQLiteBunSession<never, never>['prepareQuery']>) {
    const [query, fields, executeMethod, isResponseInArrayMode, customResultMapper] = args
    this.#onPrepare?.(query.sql)
    const statement = this.#compile(query.sql)
    if (!fields && executeMethod === 'run') return new ChangeQuery(statement as never, query, this.#logger) as never
    if (!fields || customResultMapper)
      return new PreparedQuery(
        statement as never,
        query,
        this.#logger,
        fields,
        executeMethod as never,
        isResponseInArrayMode,
        customResultMapper,
      ) as never
    return new RowsQuery(statement, query, this.#logger, fields, executeMethod) as never
  }
}

function compiler(client: Database): (text: string) => Statement {
  const statements = new Map<string, Statement>()
  return (text) => {
    const known = statements.get(text)
    if (known) return known
    if (statements.size >= MOST_STATEMENTS) statements.clear()
    const statement = client.prepare(text)
    statements.set(text, statement)
    return statement
  }
}

/** A query that selects columns. From its second execution on, functions made for its columns map values and rows. */
class RowsQuery extends PreparedQuery {
  declare joinsNotNullableMap?: Joins
  #executed = false
  #made?: { bind: (values: Values) => unknown[]; map: (rows: Row[]) => object[] }

  constructor(
    readonly statement: Statement,
    query: Query,
    readonly log: Logger,
    readonly selected: SelectedFieldsOrdered,
    readonly method: unknown,
  ) {
    super(statement as never, query, log, selected, method as never, true, undefined)
  }

  /** Asks at once. Drizzle makes two more promises on the way, which takes as long as a small query. */
  override execute(values: Values = {}) {
    return (this.method === 'all' ? this.#answer(values) : super.execute(values)) as never
  }

  async #answer(values: Values): Promise<object[]> {
    return this.all(values)
  }

  override all(values: Values = {}): object[] {
    if (!this.#made) {
      if (!this.#executed) {
        this.#executed = true
        return super.all(values) as object[]
      }
      const map = mapper(this.selected, this.joinsNotNullableMap)
      this.#made = { bind: binder(this.getQuery().params), map }
    }
    const { bind, map } = this.#made
    const params = bind(values)
    this.log.logQuery(this.getQuery().sql, params)
    return map(this.statement.values(...(params as SQLQueryBindings[])))
  }

  // drizzle types the result of a prepared query by the builder that made it.
  override get(values: Values = {}) {
    return this.all(values)[0]
  }
}

/** A change that returns no rows. From its second execution on, a function made for its columns maps values. */
class ChangeQuery extends PreparedQuery {
  #executed = false
  #bind?: (values: Values) => unknown[]

  constructor(
    readonly statement: Statement,
    query: Query,
    readonly log: Logger,
  ) {
    super(statement as never, query, log, undefined, 'run', false, undefined)
  }

  /** Makes the change at once, as `RowsQuery` asks at once. */
  override execute(values: Values = {}) {
    return this.#change(values) as never
  }

  async #change(values: Values) {
    return this.run(values)
  }

  override run(values: Values = {}) {
    if (!this.#bind) {
      if (!this.#executed) {
        this.#executed = true
        return super.run(values)
      }
      this.#bind = binder(this.getQuery().params)
    }
    const params = this.#bind(values)
    this.log.logQuery(this.getQuery().sql, params)
    return this.statement.run(...(params as SQLQueryBindings[]))
  }
}
