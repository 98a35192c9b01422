import { type Client, escapeLiteral } from 'pg'
import { Doubt, isAnnouncement } from '../tell'
import type { Commit } from '../write'
import { connect, LISTENING, type Line, lineOf } from './client'

const CHANNEL = 'pinhole'
/** PostgreSQL refuses notices from 8,000 bytes. */
const MOST_BYTES = 7500
/** How often to look whether the connection still works, and how long its answer may take. */
const BEAT_MS = 5000
const RETRY_MS = 500

/** A node's message to the others about a commit. `said` is null when it is unknown or too much for a notice. */
type Notice = { from: string; said: object[] | null; touched?: string[] }

/** Writes the statement that tells all other nodes of a commit when it is stored. */
export function noticeOf(node: string, commit: Commit | null): string {
  const unknown = JSON.stringify({ from: node, said: null } satisfies Notice)
  const all = commit ? wholeNoticeOf(node, commit) : unknown
  const sent = Buffer.byteLength(all) < MOST_BYTES ? all : unknown
  return `select pg_notify('${CHANNEL}', ${escapeLiteral(sent)})`
}

const wholeNoticeOf = (node: string, { said, touched }: Commit): string =>
  JSON.stringify({ from: node, said: said.flatMap(toPlain), touched: [...touched] } satisfies Notice)

const toPlain = (said: object): object[] => {
  if (said instanceof Doubt) return [{ doubt: said.userId }]
  return isAnnouncement(said) ? [said] : [] // other messages concern only the process that said them
}
const fromPlain = (plain: object): object => ('doubt' in plain ? new Doubt(Number(plain.doubt)) : plain)

/**
 * Hears what other nodes committed. `null` means that anything may have changed: notices were missed while the connection
 * was broken, or a notice did not say it. Returns a function that stops listening.
 */
export async function listen(
  url: string,
  node: string,
  hear: (commit: Commit | null) => Promise<void>,
): Promise<() => void> {
  let here: { client: Client; line: Line } | undefined
  let closed = false
  let order = Promise.resolve()
  const tell = (commit: Commit | null) => {
    order = order.then(() => hear(commit)).catch(() => {})
  }

  async function open() {
    const fresh = await connect(url, LISTENING)
    if (closed) return void fresh.end()
    const line = lineOf(fresh)
    here = { client: fresh, line }
    fresh.on('notification', ({ payload = '' }) => {
      const { from, said, touched }: Notice = JSON.parse(payload)
      if (from !== node) tell(said && touched ? { said: said.map(fromPlain), touched: new Set(touched) } : null)
    })
    fresh.on('end', () => {
      if (here?.client === fresh) void openAgain()
    })
    await line.query(`listen ${CHANNEL}`)
  }

  async function openAgain() {
    here = undefined
    while (!closed && !here) {
      await Bun.sleep(RETRY_MS)
      await open().catch(() => {})
    }
    if (!closed) tell(null)
  }

  /** A connection that breaks without a word is noticed by its silence. */
  async function beat() {
    if (!here) return
    const { client, line } = here
    const silence = setTimeout(() => void client.end(), BEAT_MS)
    await line.query('select 1').catch(() => {})
    clearTimeout(silence)
  }

  await open()
  const beats = setInterval(() => void beat(), BEAT_MS)
  beats.unref()
  return () => {
    closed = true
    clearInterval(beats)
    void here?.client.end()
  }
}
