import { SQL } from 'bun'
import { Client, Pool } from 'pg'
import { DatabaseAway } from '../away'
import type { Row } from '../rows'
import {
  ask,
  CONNECT_MS,
  configOf,
  type Line,
  NAME,
  NUMBERS,
  nameOf,
  type Rows,
  SETTINGS,
  storable,
  translate,
} from './client'

/** The most connections for reading that a node opens. One more writes, and one listens. */
const READERS = 8
/** The most connections for counters and for queries that are not prepared. */
const OTHERS = 4
const IDLE_MS = 60_000

type Answer = Row[] & { columns: { type: number }[] }
type Readers = Line & { pool: Pool; end(): void }

/**
 * The connections for reading. They are opened when needed, and again after the server was away.
 *
 * Prepared queries go through Bun's own client, with which a list takes a third less of our processor time than with `pg`.
 * A query has a connection for itself until it is answered: earlier versions of that client could give the rows of one
 * query to another that was sent on the same connection meanwhile, and here these could be the rows of somebody else.
 */
export function openReaders(url: string): Readers {
  const pool = new Pool({ ...configOf(url), max: OTHERS, idleTimeoutMillis: IDLE_MS })
  pool.on('error', () => {}) // an idle connection was lost; the next query opens another one
  const sql = openBun(url)
  /** The columns of each prepared text that hold numbers. */
  const numbers = new Map<string, number[]>()

  async function read(text: string, values: unknown[] = []): Promise<Rows> {
    const connection = await sql.reserve()
    try {
      const rows: Answer = await connection.unsafe(text, values.map(asText)).values()
      const known = numbers.get(text) ?? rows.columns.flatMap(({ type }, i) => (NUMBERS.includes(type) ? [i] : []))
      numbers.set(text, known)
      for (const row of rows) for (const i of known) if (row[i] !== null) row[i] = Number(row[i])
      return { rows, rowCount: rows.length }
    } finally {
      connection.release()
    }
  }

  const once = (text: string, values?: unknown[]) =>
    nameOf(text).name ? read(text, values).catch(translate) : ask(pool, text, values)

  return {
    pool,
    /** Asks again once, because a restart of the server breaks all idle connections. */
    query: (text, values) =>
      once(text, values).catch((error) => (error instanceof DatabaseAway ? once(text, values) : Promise.reject(error))),
    end() {
      void pool.end()
      void sql.close()
    },
  }
}

/** `pg` reads the address, so that one address means the same to both clients. */
function openBun(url: string): SQL {
  const { host, port, user, password, database, ssl } = new Client(configOf(url))
  return new SQL({
    adapter: 'postgres',
    ...(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { hostname: host, port }),
    username: user ?? '',
    password: password ?? '',
    database: database ?? '',
    tls: ssl,
    max: READERS,
    idleTimeout: IDLE_MS / 1000,
    connectionTimeout: CONNECT_MS / 1000,
    connection: { application_name: NAME, ...SETTINGS },
  })
}

/** Sends numbers and booleans as text, so that a query has one type of each parameter, which the server concludes. */
const asText = (value: unknown) =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : storable(value)
