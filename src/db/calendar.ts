import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { byEngine } from './by-engine'

/**
 * The day of a timestamp, such as `2026-01-31`: in UTC, or on local clocks, whose offsets a prepared query takes as
 * JSON (`offsetsOf` in `src/time-zone.ts`).
 */
export const dayOf = (at: SQLiteColumn, offsets?: Placeholder): SQL<string> =>
  written(local(at, offsets), '%Y-%m-%d', 'YYYY-MM-DD')

/** The month of a timestamp, such as `2026-01`; otherwise like `dayOf`. */
export const monthOf = (at: SQLiteColumn, offsets?: Placeholder): SQL<string> =>
  written(local(at, offsets), '%Y-%m', 'YYYY-MM')

const written = (at: SQL | SQLiteColumn, sqliteForm: string, postgresForm: string): SQL<string> =>
  byEngine({
    sqlite: sql`strftime(${sql.raw(`'${sqliteForm}'`)}, ${at} / 1000, 'unixepoch')`,
    postgres: sql`to_char(to_timestamp(${at} / 1000.0) at time zone 'UTC', ${sql.raw(`'${postgresForm}'`)})`,
  })

/**
 * The time that local clocks show at a timestamp. The engines do not know the zone, so the query brings the offsets. They
 * are declared as text, because Bun's client would write a parameter of type `jsonb` as JSON once more.
 */
const local = (at: SQLiteColumn, offsets: Placeholder | undefined): SQL | SQLiteColumn => {
  if (!offsets) return at
  const offset = byEngine<number>({
    sqlite: sql`select value ->> 'ms' from json_each(${offsets}) where ${at} < value ->> 'until' limit 1`,
    postgres: sql`select (value ->> 'ms')::bigint from jsonb_array_elements(${offsets}::text::jsonb)
      with ordinality as known (value, nth) where ${at} < (value ->> 'until')::bigint order by nth limit 1`,
  })
  return sql`(${at} + (${offset}))`
}
