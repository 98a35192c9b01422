import { type SQL, sql } from 'drizzle-orm'

/** SQLite, in a file of the data folder, or PostgreSQL, on a server that several nodes share. */
export type Engine = 'sqlite' | 'postgres'

let engine: Engine = 'sqlite'

/** Writes the text of a query. The parts that differ between the engines are written for this one. */
export function writtenFor<T>(wanted: Engine, write: () => T): T {
  const before = engine
  engine = wanted
  try {
    return write()
  } finally {
    engine = before
  }
}

/**
 * A part of a query that the engines write differently. Only `src/db/` uses it, so that queries are written once.
 * drizzle asks for the chunks of a query when it writes the text, and each engine then finds its own.
 */
export const byEngine = <T>(bodies: Record<Engine, SQL>): SQL<T> =>
  sql<T>`${{ getSQL: () => bodies[engine], shouldOmitSQLParens: () => true }}`
