import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite'
import { Column, getTableName, is, type Logger, NoopLogger, Param, Placeholder, type Query, SQL } from 'drizzle-orm'
import { type BunSQLiteDatabase, PreparedQuery, SQLiteBunSession } from 'drizzle-orm/bun-sqlite'
import { BaseSQLiteDatabase, type SelectedFieldsOrdered, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'

type Values = Record<string, unknown>
type Row = unknown[]

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
  declare joinsNotNullableMap?: Record<string, boolean>
  #executed = false
  #made?: { bind: (values: Values) => unknown[]; map: (rows: Row[]) => object[] }

  constructor(
    readonly statement: Statement,
    query: Query,
    readonly log: Logger,
    readonly selected: SelectedFieldsOrdered,
    executeMethod: unknown,
  ) {
    super(statement as never, query, log, selected, executeMethod as never, true, undefined)
  }

  override all(values: Values = {}): object[] {
    if (!this.#made) {
      if (!this.#executed || hasOuterJoin(this.selected, this.joinsNotNullableMap)) {
        this.#executed = true
        return super.all(values) as object[]
      }
      this.#made = { bind: binder(this.getQuery().params), map: mapper(this.selected) }
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

/** With an outer join, drizzle turns objects without a row into null. */
const hasOuterJoin = (selected: SelectedFieldsOrdered, joins: Record<string, boolean> | undefined) =>
  !!joins && selected.some(({ field }) => is(field, Column) && joins[getTableName(field.table)] === false)

function binder(params: unknown[]): (values: Values) => unknown[] {
  const fixed = [...params]
  const open: { at: number; name: string; encode?: (value: unknown) => unknown }[] = []
  for (const [at, param] of params.entries()) {
    if (is(param, Placeholder)) open.push({ at, name: param.name })
    else if (is(param, Param) && is(param.value, Placeholder)) {
      const { encoder, value } = param
      open.push({ at, name: value.name, encode: (given) => encoder.mapToDriverValue(given) })
    }
  }
  return (values) => {
    const filled = fixed.slice()
    for (const { at, name, encode } of open) {
      if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
      filled[at] = encode ? encode(values[name]) : values[name]
    }
    return filled
  }
}

type Decoder = { mapFromDriverValue(value: unknown): unknown }
const isIdentity = ({ mapFromDriverValue: decode }: Decoder) =>
  decode === Column.prototype.mapFromDriverValue || decode === PLAIN.mapFromDriverValue
const decoderOf = (field: SelectedFieldsOrdered[number]['field']): Decoder =>
  is(field, Column)
    ? field
    : ((is(field, SQL) ? field : (field as SQL.Aliased).sql) as unknown as { decoder: Decoder }).decoder
const PLAIN = decoderOf(new SQL([]))

/**
 * Writes a function that makes objects from rows, such as `row => ({ post: { id: row[0] } })`. The engine compiles it,
 * so that a row costs a fraction of walking through the list of columns.
 */
function mapper(selected: SelectedFieldsOrdered): (rows: Row[]) => object[] {
  const decoders: Decoder[] = []
  type Tree = Map<string, string | Tree>
  const tree: Tree = new Map()
  for (const [at, { path, field }] of selected.entries()) {
    const decoder = decoderOf(field)
    decoders.push(decoder)
    const value = isIdentity(decoder)
      ? `row[${at}]`
      : `row[${at}] === null ? null : d[${at}].mapFromDriverValue(row[${at}])`
    let node = tree
    for (const key of path.slice(0, -1)) {
      const below = node.get(key)
      const next: Tree = below instanceof Map ? below : new Map()
      node.set(key, next)
      node = next
    }
    node.set(path.at(-1)!, value)
  }
  const write = (node: Tree): string =>
    `{ ${[...node].map(([key, value]) => `${JSON.stringify(key)}: ${typeof value === 'string' ? value : write(value)}`).join(', ')} }`
  return new Function('d', `return rows => rows.map(row => (${write(tree)}))`)(decoders) as (rows: Row[]) => object[]
}
