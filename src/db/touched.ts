import { getTableName, type Table } from 'drizzle-orm'

/** The tables that a commit may have changed, by their names. */
export type Touched = ReadonlySet<string>

const CHANGE = /\b(?:insert into|update|delete from) "(\w+)"/g
/** Most statements are prepared, so there are few different texts. */
const MOST_KNOWN = 2000
const NONE: readonly string[] = []
const known = new Map<string, readonly string[]>()

/** Returns the names of the tables that a statement of drizzle's query builder changes, none for one that only reads. */
export function tablesChangedBy(sql: string): readonly string[] {
  const before = known.get(sql)
  if (before) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const found = [...sql.matchAll(CHANGE)].map(([, table]) => table!)
  const names = found.length ? found : NONE
  known.set(sql, names)
  return names
}

/** The names of tables that somebody wants to be told of. */
export const namesOf = (tables: readonly Table[]): Touched => new Set(tables.map(getTableName))

/** Undefined stands for every table. */
export function overlap(one: Touched | undefined, other: Touched | undefined): boolean {
  if (!one || !other) return true
  for (const name of one) if (other.has(name)) return true
  return false
}

/** Returns the tables of both. */
export const union = (one: Touched | undefined, other: Touched | undefined): Touched | undefined =>
  one && other && new Set([...one, ...other])
