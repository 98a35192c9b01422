import { connect } from '../../src/db/postgres/client'
import { noticeOf } from '../../src/db/postgres/notices'
import type { Opening, Wish } from './messages'
import './one-at-a-time'
import { WITHOUT_CHECKS } from './without-checks'

declare const self: { onmessage: (event: MessageEvent<Opening | Wish>) => void }

let opening: Opening
let client: ReturnType<typeof connect>

/** Answers the statements of `openBlocking`, one at a time. Afterwards the program learns that something changed. */
self.onmessage = async ({ data }) => {
  if ('url' in data) {
    opening = data
    client = connect(data.url)
    return
  }
  const { control, bytes } = opening
  const answer = await run(data).catch((error) => ({ error: reasonOf(error) }))
  const { read: _, written } = new TextEncoder().encodeInto(JSON.stringify(answer), bytes)
  control[1] = written
  Atomics.store(control, 0, 1)
  Atomics.notify(control, 0)
}

/** Refused rows are named as SQLite names them. */
const reasonOf = (error: { code?: string; message: string }) =>
  /^2[23]/.test(error.code ?? '') ? `constraint failed: ${error.message}` : error.message

/** What tests ask of SQLite to be allowed to write what its rules forbid. */
const PRAGMAS: Record<string, string> = {
  'pragma foreign_keys = off': 'set session_replication_role = replica',
  'pragma ignore_check_constraints = on': WITHOUT_CHECKS,
}

async function run({ sql: given, params }: Wish) {
  const line = await client
  const sql = PRAGMAS[given] ?? given
  const result = await line.query({ text: sql, values: params, rowMode: 'array' })
  if (result.command !== 'SELECT') await line.query(noticeOf('a test', null))
  return {
    columns: result.fields.map(({ name }) => name),
    rows: result.rows.map((row: unknown[]) => row.map((value) => (typeof value === 'boolean' ? Number(value) : value))),
    changes: result.rowCount ?? 0,
  }
}
