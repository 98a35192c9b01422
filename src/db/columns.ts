import { type Column, type SQL, sql } from 'drizzle-orm'
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export { alias, primaryKey } from 'drizzle-orm/sqlite-core'

/** One of a list of any length, given as JSON, in a prepared query. */
export const isAnyOf = (column: Column, name: string): SQL =>
  sql`${column} in (select value from json_each(${sql.placeholder(name)}))`

/** A field of a JSON column, in a query. */
export const fieldOf = (column: Column, name: string): SQL => sql`json_extract(${column}, ${`$.${name}`})`

export const table = sqliteTable
/** Small integers, given out in order and never again: rows of ids stay short, and newer sorts after older. */
export const id = () => integer().primaryKey({ autoIncrement: true })
export const ref = () => integer()
export const str = () => text()
export const int = () => integer()
export const num = () => real()
export const bool = () => integer({ mode: 'boolean' })
export const time = () => integer({ mode: 'timestamp_ms' })
export const json = <T>() => text({ mode: 'json' }).$type<T>()
