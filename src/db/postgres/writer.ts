import type { Client } from 'pg'
import { DatabaseAway, OutcomeUnknown } from '../away'
import type { Commit, Transactions } from '../write'
import { connect, type Line, lineOf, type OneLine } from './client'

/** The lock of the node that writes, released with the transaction or with the connection of a node that died. */
const WRITING = 7_077_101
/**
 * How long to look for the outcome of a commit whose answer was lost. All other writes of this server wait meanwhile, and
 * few clients wait longer.
 */
const OUTCOME_MS = 10_000
const LOCK = `select pg_advisory_xact_lock(${WRITING})`

type Connection = { client: Client; line: OneLine }
type Writer = Transactions & { line: Line; end(): Promise<void> }
type Options = {
  /** The name of this process among the nodes. */
  node: string
  /** How long a node waits for its turn to write. */
  patienceMs: number
  /** Writes the statement that tells the other nodes of a commit. */
  notice: (commit: Commit) => string
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
  let connection: Connection | undefined
  /** The connection that is inside a transaction. */
  let inside: Connection | undefined
  let commits = 0

  async function connected(): Promise<Connection> {
    if (connection) return connection
    const client = await connect(url)
    const fresh = { client, line: lineOf(client) }
    const lost = () => {
      if (connection === fresh) connection = undefined
      if (inside === fresh) inside = undefined
    }
    client.on('error', lost).on('end', lost)
    connection = fresh
    return fresh
  }

  async function begin(flush: 'now' | 'later') {
    const here = await connected()
    const later = flush === 'later' ? '; set local synchronous_commit = off' : ''
    await here.line.run(`begin; set local lock_timeout = ${patienceMs}; ${LOCK}; set local lock_timeout = 0${later}`)
    inside = here
  }

  const here = () => {
    if (!inside) throw new DatabaseAway() // another connection would store the statement outside of the transaction
    return inside.line
  }

  async function run(statement: string) {
    if (statement !== 'rollback') return here().run(statement)
    inside = undefined
    await connection?.line.run(statement)
  }

  async function commit(done: Commit) {
    const line = here()
    const count = `insert into nodes (id, commits, at) values ('${node}', ${++commits}, ${Date.now()})
      on conflict (id) do update set commits = excluded.commits, at = excluded.at`
    try {
      await line.run(`${count}; ${notice(done)}; commit`)
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
        const { line } = await connected()
        await line.run(`begin; ${LOCK}; commit`)
        const { rows } = await line.query('select commits from nodes where id = $1', [node])
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
    line: { query: async (text, values) => here().query(text, values) },
    end: async () => connection?.client.end(),
  }
}
