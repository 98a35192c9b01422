import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * The day of a timestamp, such as `2026-01-31`: in UTC, or on local clocks, whose offsets a prepared query takes as
 * JSON (`offsetsOf` in `src/time-zone.ts`).
 */
export const dayOf = (at: SQLiteColumn, offsets?: Placeholder): SQL<string> =>
  sql<string>`strftime('%Y-%m-%d', ${local(at, offsets)} / 1000, 'unixepoch')`

/** The month of a timestamp, such as `2026-01`; otherwise like `dayOf`. */
export const monthOf = (at: SQLiteColumn, offsets?: Placeholder): SQL<string> =>
  sql<string>`strftime('%Y-%m', ${local(at, offsets)} / 1000, 'unixepoch')`

/** The time that local clocks show at a timestamp. SQLite knows no time zones, so the query brings the offsets. */
const local = (at: SQLiteColumn, offsets: Placeholder | undefined) =>
  offsets
    ? sql`(${at} + (select value ->> 'ms' from json_each(${offsets}) where ${at} < value ->> 'until' limit 1))`
    : at
