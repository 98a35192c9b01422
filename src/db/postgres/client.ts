import { Client, type ClientConfig, DatabaseError, Pool, type QueryArrayResult, types } from 'pg'
import { DatabaseAway } from '../away'

/** Runs a statement and returns rows as arrays. */
export type Line = { query(text: string, values?: unknown[]): Promise<QueryArrayResult> }

/** How long a request waits for a connection before it is told that the database is away. */
const CONNECT_MS = 5000
/** The most connections for reading that a node opens. One more writes, and one listens. */
const READERS = 8
/** How many texts get a name under which the server keeps them prepared. */
const MOST_NAMES = 1000

/** The types that JavaScript reads as strings unless told otherwise: bigint, which also counts, and sums of it. */
const NUMBERS = [types.builtins.INT8, types.builtins.NUMERIC]

/**
 * The driver treats these as what they will not mean in its next version, and warns of it. Here they stay the strictest,
 * so that nobody is between us and the database unnoticed.
 */
const strict = (url: string) => url.replace(/(?<=[?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, 'verify-full')

/** The names of connections in the list that PostgreSQL keeps. Each server has one that listens. */
const NAME = 'pinhole'
export const LISTENING = 'pinhole server'

/**
 * Plans a prepared query once for all values. By default PostgreSQL plans many of ours again each time, which takes three
 * times as long as the query itself, and compiles those whose cost it overestimates, which takes longer still.
 */
const options = '-c plan_cache_mode=force_generic_plan -c jit=off'

const configOf = (url: string, application_name = NAME): ClientConfig => ({
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

/** The connections for reading. They are opened when needed, and again after the server was away. */
export function openReaders(url: string): Line & { pool: Pool } {
  const pool = new Pool({ ...configOf(url), max: READERS, idleTimeoutMillis: 60_000 })
  pool.on('error', () => {}) // an idle connection was lost; the next query opens another one
  return {
    pool,
    /** Asks again once, because a restart of the server breaks all idle connections. */
    query: (text, values) =>
      ask(pool, text, values).catch((error) =>
        error instanceof DatabaseAway ? ask(pool, text, values) : Promise.reject(error),
      ),
  }
}

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
export const ask = (on: Client | Pool, text: string, values: unknown[] = []): Promise<QueryArrayResult> =>
  on.query({ text, values: values.map(storable), rowMode: 'array', ...nameOf(text) }).catch(translate)

/** PostgreSQL refuses the character NUL, which no text has on purpose, so that it is replaced as unreadable ones are. */
export const storable = (value: unknown) =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value

const names = new Map<string, { name: string }>()

/** Queries with lists of varying length have many texts, so only the first ones are kept. */
function nameOf(text: string): { name?: string } {
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
  const isOurs = error instanceof DatabaseAway
  if (!isOurs && (!(error instanceof DatabaseError) || AWAY.test(error.code ?? ''))) throw new DatabaseAway(error)
  throw error
}
