import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

export type Cursor = { at: Date; id: number }
/** `since` leaves out what is older; only lists in the order of time take it. */
export type Wanted = { limit: number; cursor: Cursor | null; since?: Date }
export type Page<T> = { items: T[]; nextCursor: string | null }

/** Selects rows older than the cursor. The id breaks ties, because two posts may share a millisecond. */
export const before = (cursor: Cursor | null, at: SQLiteColumn, id: SQLiteColumn): SQL | undefined =>
  cursor ? sql`(${at}, ${id}) < (${sql.param(cursor.at, at)}, ${cursor.id})` : undefined

/** Like `before`, for a prepared query, and no older than `since`. `placeholdersOf` makes the values. */
export const beforePlaceholder = (at: SQLiteColumn, id: SQLiteColumn): SQL =>
  sql`(${at}, ${id}) < (${sql.placeholder('beforeAt')}, ${sql.placeholder('beforeId')}) and ${at} >= ${sql.placeholder('sinceAt')}`

/** Values for `beforePlaceholder`. Without a cursor, every row counts as before it. */
export const placeholdersOf = ({ cursor, limit, since }: Wanted) => ({
  sinceAt: since ? +since : Number.MIN_SAFE_INTEGER,
  beforeAt: cursor ? +cursor.at : Number.MAX_SAFE_INTEGER,
  beforeId: cursor?.id ?? 0,
  most: limit + 1,
})

/** Turns rows into a page. Query one row more than the limit: the extra row shows that there is a next page. */
export function toPage<T>(rows: T[], { limit }: Wanted, key: (row: T) => Cursor): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rows.length > limit ? format(key(last)) : null }
}

const format = ({ at, id }: Cursor) => `${+at}_${id}`

/** Returns undefined when the text is not a cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const [, at, id] = /^(\d{1,15})_(\d{1,15})$/.exec(text) ?? []
  return at && id ? { at: new Date(Number(at)), id: Number(id) } : undefined
}
