import type { Client } from 'pg'
import { DatabaseAway, OutcomeUnknown } from '../away'
import type { Transactions } from '../write'
import { ask, connect, type Line, lineOf, translate } from './client'

/** The lock of the node that writes, released with the transaction or with the connection of a node that died. */
const WRITING = 7_077_101
/**
 * How long to look for the outcome of a commit whose answer was lost. All other writes of this server wait meanwhile, and
 * few clients wait longer.
 */
const OUTCOME_MS = 10_000
const LOCK = `select pg_advisory_xact_lock(${WRITING})`

type Writer = Transactions & { line: Line; end(): Promise<void> }
type Options = {
  /** The name of this process among the nodes. */
  node: string
  /** How long a node waits for its turn to write. */
  patienceMs: number
  /** Writes the statement that tells the other nodes of a commit. */
  notice: (said: object[]) => string
  outcomeMs?: number
}

/**
 * The one connection of a node that writes. All nodes take turns by a lock in the database, so that transactions see
 * each other's results as if there were one writer, as on SQLite.
 *
 * Every transaction counts itself in the table of nodes. When the answer to a commit is lost, the count tells whether
 * it was stored, and the lock tells that it has ended either way.
 */
export function openWriter(url: string, { node, patienceMs, notice, outcomeMs = OUTCOME_MS }: Options): Writer {
  let client: Client | undefined
  /** The connection that is inside a transaction. */
  let inside: { client: Client; line: Line } | undefined
  let commits = 0

  async function connected(): Promise<Client> {
    if (client) return client
    const fresh = await connect(url)
    const lost = () => {
      if (client === fresh) client = undefined
      if (inside?.client === fresh) inside = undefined
    }
    fresh.on('error', lost).on('end', lost)
    client = fresh
    return fresh
  }

  async function begin() {
    const client = await connected()
    await client
      .query(`begin; set local lock_timeout = ${patienceMs}; ${LOCK}; set local lock_timeout = 0`)
      .catch(translate)
    inside = { client, line: lineOf(client) }
  }

  const here = () => {
    if (!inside) throw new DatabaseAway() // another connection would store the statement outside of the transaction
    return inside
  }

  async function run(statement: string) {
    const on = statement === 'rollback' ? client : here().client
    if (statement === 'rollback') inside = undefined
    await on?.query(statement).catch(translate)
  }

  async function commit(said: object[]) {
    const { client } = here()
    const count = `insert into nodes (id, commits, at) values ('${node}', ${++commits}, ${Date.now()})
      on conflict (id) do update set commits = excluded.commits, at = excluded.at`
    try {
      await client.query(`${count}; ${notice(said)}; commit`).catch(translate)
    } catch (error) {
      if (!(error instanceof DatabaseAway) || !(await wasCommitted(commits))) throw error
    }
    inside = undefined
  }

  /**
   * Looks up whether a transaction was stored although its connection broke, as soon as the server is back. When it does
   * not come back in time, nobody is told that the transaction is stored or that it is not.
   */
  async function wasCommitted(number: number): Promise<boolean> {
    for (const until = Date.now() + outcomeMs; Date.now() < until; await Bun.sleep(100)) {
      try {
        const client = await connected()
        await client.query(`begin; ${LOCK}; commit`).catch(translate)
        const { rows } = await ask(client, 'select commits from nodes where id = $1', [node])
        return rows[0]?.[0] === number
      } catch (error) {
        if (!(error instanceof DatabaseAway)) throw error
      }
    }
    throw new OutcomeUnknown()
  }

  return {
    begin,
    run,
    commit,
    line: { query: async (text, values) => here().line.query(text, values) },
    end: async () => client?.end(),
  }
}
