import { type Column, type SQL, sql } from 'drizzle-orm'
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export { alias, primaryKey } from 'drizzle-orm/sqlite-core'

/** Matches any value of a list. A prepared query takes the list as a JSON array, so its length may vary. */
export const isAnyOf = (column: Column, name: string): SQL =>
  sql`${column} in (select value from json_each(${sql.placeholder(name)}))`

/** A list to join with, given as a JSON array to the placeholder `name`, and the value in each of its rows. */
export const listOf = (name: string): { list: SQL; value: SQL<number> } => {
  const alias = sql.identifier(name)
  return { list: sql`json_each(${sql.placeholder(name)}) as ${alias}`, value: sql<number>`${alias}.value` }
}

/** A field of a JSON column, in a query. */
export const fieldOf = (column: Column, name: string): SQL => sql`json_extract(${column}, ${`$.${name}`})`

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
export const int = () => integer()
export const num = () => real()
export const bool = () => integer({ mode: 'boolean' })
export const time = () => integer({ mode: 'timestamp_ms' })
export const json = <T>() => text({ mode: 'json' }).$type<T>()
