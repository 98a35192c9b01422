import { type Column, getTableName, type Placeholder, type SQL, type SQLWrapper, sql, type Table } from 'drizzle-orm'
import { customType, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { byEngine } from './by-engine'

export { alias, primaryKey } from 'drizzle-orm/sqlite-core'

/** Matches any value of a list. A prepared query takes the list as a JSON array of numbers, so its length may vary. */
export const isAnyOf = (column: Column | SQL, name: string): SQL => sql`${column} ${isIn(name)}`

const isIn = (name: string): SQL => {
  const list = sql.placeholder(name)
  return byEngine({ sqlite: sql`in (select value from json_each(${list}))`, postgres: sql`= any(${toArray(list)})` })
}

/** `[1,2]` in JSON is `{1,2}` as PostgreSQL writes arrays. */
const toArray = (list: Placeholder): SQL => sql`translate(${list}, '[]', '{}')::bigint[]`

/** A list to join with, given as a JSON array of numbers to `name`, and the value in each of its rows. */
export const listOf = (name: string): { list: SQL; value: SQL<number> } => {
  const [alias, list] = [sql.identifier(name), sql.placeholder(name)]
  return {
    list: byEngine({
      sqlite: sql`json_each(${list}) as ${alias}`,
      postgres: sql`unnest(${toArray(list)}) as ${alias} (value)`,
    }),
    value: sql<number>`${alias}.value`,
  }
}

/** An id in a JSON column, in a query. */
export const idIn = (column: Column, name: string): SQL =>
  byEngine({
    sqlite: sql`json_extract(${column}, ${`$.${name}`})`,
    postgres: sql`(${column}::jsonb ->> ${name}::text)::bigint`,
  })

/** The id of a new row of a table, in a query that inserts what it selects. */
export const newId = (of: Table): SQL<number> =>
  byEngine({
    sqlite: sql`null`,
    postgres: sql`nextval(pg_get_serial_sequence(${sql.raw(`'${getTableName(of)}'`)}, 'id'))`,
  })

const LETTERS = sql.raw("'ABCDEFGHIJKLMNOPQRSTUVWXYZ'")
/**
 * A text with the letters A to Z in lower case. `lower` of PostgreSQL would make these letters of others, too, such as an
 * i of the Turkish capital with a dot.
 */
export const inLowerCase = (text: SQLWrapper | string): SQL<string> =>
  byEngine({ sqlite: sql`lower(${text})`, postgres: sql`translate(${text}, ${LETTERS}, lower(${LETTERS}))` })

/** The smaller of two values, neither of which may be null. */
export const lesser = (one: SQLWrapper, other: SQLWrapper): SQL<number> =>
  byEngine({ sqlite: sql`min(${one}, ${other})`, postgres: sql`least(${one}, ${other})` })
/** The greater of two values, neither of which may be null. */
export const greater = (one: SQLWrapper, other: SQLWrapper): SQL<number> =>
  byEngine({ sqlite: sql`max(${one}, ${other})`, postgres: sql`greatest(${one}, ${other})` })

/**
 * Compares a column with a literal. SQLite uses a partial index, such as that of unread rows, only for the very condition
 * that the index has.
 */
export const isTrue = (column: Column): SQL => sql`${column} = ${byEngine({ sqlite: sql`1`, postgres: sql`true` })}`
/** See `isTrue`. */
export const isFalse = (column: Column): SQL => sql`${column} = ${byEngine({ sqlite: sql`0`, postgres: sql`false` })}`

export const table = sqliteTable
/**
 * The id of a row, marked with the kind of row. The compiler refuses the id of a post where the id of a user is asked
 * for, while a plain number, such as a parameter of an address, fits everywhere.
 */
export type Id<Kind extends string> = number & { readonly __kind?: Kind }
/** An increasing integer that is never reused. Small ids keep rows short, and newer rows sort after older ones. */
export const id = <Kind extends string>() => integer().$type<Id<Kind>>().primaryKey({ autoIncrement: true })
/** The id of a row in another table. */
export const ref = <Kind extends string>() => integer().$type<Id<Kind>>()

export const str = () => text()
/** A whole number. Those up to 2^53 are exact in JavaScript. */
export const int = () => integer()
/** A number with a fraction. */
export const num = () => real()
/** SQLite stores 0 and 1. Use `isTrue` and `isFalse` for conditions in SQL. */
export const bool = () => integer({ mode: 'boolean' })
/** A time in milliseconds since 1970, which queries see as a number and rows as a `Date`. */
export const time = () => integer({ mode: 'timestamp_ms' })
/** A value that is written as JSON. It is parsed for every row; see `sharedJson` for values that are read often. */
export const json = <T>() => text({ mode: 'json' }).$type<T>()

/** How many values of `sharedJson` are remembered. */
const MOST_PARSED = 2000
const parsed = new Map<string, unknown>()

/**
 * JSON that is read much more often than it changes. The same text is parsed once and gives the same object, which must
 * not be changed.
 */
export const sharedJson = <T>() =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver(text) {
      const known = parsed.get(text)
      if (known !== undefined) return known as T
      if (parsed.size >= MOST_PARSED) parsed.clear()
      const value: T = JSON.parse(text)
      parsed.set(text, value)
      return value
    },
  })()
