import { SQL } from 'bun'
import { Client, type ClientConfig, DatabaseError, type Pool, types } from 'pg'
import { DatabaseAway } from '../away'
import type { Row } from '../rows'

/** Rows as arrays, and how many rows the statement selected or changed. */
export type Rows = { rows: Row[]; rowCount: number | null }
/** Runs a statement. */
export type Line = { query(text: string, values?: unknown[]): Promise<Rows> }

/** How long a request waits for a connection before it is told that the database is away. */
export const CONNECT_MS = 5000
/** How many texts get a name under which the server keeps them prepared. */
const MOST_NAMES = 1000

/** The types that JavaScript reads as strings unless told otherwise: bigint, which also counts, and sums of it. */
export const NUMBERS: number[] = [types.builtins.INT8, types.builtins.NUMERIC]

/**
 * The driver treats these as what they will not mean in its next version, and warns of it. Here they stay the strictest,
 * so that nobody is between us and the database unnoticed.
 */
const strict = (url: string) => url.replace(/(?<=[?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, 'verify-full')

/** The names of connections in the list that PostgreSQL keeps. Each server has one that listens. */
export const NAME = 'pinhole'
export const LISTENING = 'pinhole server'

/**
 * Plans a prepared query once for all values. By default PostgreSQL plans many of ours again each time, which takes three
 * times as long as the query itself, and compiles those whose cost it overestimates, which takes longer still.
 */
export const SETTINGS = { plan_cache_mode: 'force_generic_plan', jit: 'off' }
const options = Object.entries(SETTINGS)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** The settings of every connection to the server. */
export const configOf = (url: string, application_name = NAME): ClientConfig => ({
  connectionString: strict(url),
  application_name,
  options,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // A node that hangs inside a transaction would keep all others from writing.
  idle_in_transaction_session_timeout: 20_000,
  types: {
    getTypeParser: (oid, format) => (NUMBERS.includes(oid) ? Number : types.getTypeParser(oid, format as 'text')),
  },
})

/** Opens a connection. Throws `DatabaseAway` when the server does not answer within `CONNECT_MS`. */
export async function connect(url: string, name = NAME): Promise<Client> {
  const client = new Client(configOf(url, name))
  client.on('error', () => {}) // whoever uses the connection learns of it from the next query
  await client.connect().catch(translate)
  return client
}

/** A line that also runs statements which are not prepared, such as several at once. */
export type OneLine = Line & { run(statements: string): Promise<void> }

/** One connection as a line. What is asked at the same time follows each other. */
export function lineOf(client: Client): OneLine {
  let before: Promise<unknown> = Promise.resolve()
  function next<R>(work: () => Promise<R>): Promise<R> {
    const answer = before.then(work)
    before = answer.catch(() => {})
    return answer
  }
  return {
    query: (text, values) => next(() => ask(client, text, values)),
    run: (statements) => next(async () => void (await client.query(statements).catch(translate))),
  }
}

/** Runs a prepared statement, whose text is parsed and planned once by each connection. */
export const ask = (on: Client | Pool, text: string, values: unknown[] = []): Promise<Rows> =>
  on.query({ text, values: values.map(storable), rowMode: 'array', ...nameOf(text) }).catch(translate)

/** PostgreSQL refuses the character NUL, which no text has on purpose, so that it is replaced as unreadable ones are. */
export const storable = (value: unknown) =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value

const names = new Map<string, { name: string }>()

/** Queries with lists of varying length have many texts, so only the first ones are kept. */
export function nameOf(text: string): { name?: string } {
  const known = names.get(text)
  if (known) return known
  if (names.size >= MOST_NAMES) return {}
  const name = { name: `q${names.size}` }
  names.set(text, name)
  return name
}

/**
 * The classes and codes of errors with which a server says that it cannot work now: it starts, stops, has no more
 * connections, became a read-only copy, or waited too long for another node.
 */
const AWAY = /^(08|57P|5330|5340|25006|25P0[34]|55P03|57014)/

/** Tells an error of the connection or the server's state from one of the query. */
export function translate(error: unknown): never {
  if (error instanceof DatabaseAway) throw error
  const code = codeOf(error)
  if (!code || AWAY.test(code)) throw new DatabaseAway(error)
  throw error
}

/** The code that the server sent (SQLSTATE). An error that a client raised itself, for a connection that broke, has none. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : error instanceof SQL.PostgresError ? error.errno : undefined
