import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The day of a timestamp, such as `2026-01-31`. Days and months are always in UTC. */
export const dayOf = (at: SQLiteColumn): SQL<string> => sql<string>`strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`

/** The month of a timestamp, such as `2026-01`. */
export const monthOf = (at: SQLiteColumn): SQL<string> => sql<string>`strftime('%Y-%m', ${at} / 1000, 'unixepoch')`
