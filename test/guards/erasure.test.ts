import { expect, test } from 'bun:test'
import { testApp } from '../harness'
import type { TestDatabase } from '../postgres/blocking'
import { peopleIn, references } from './references'
import { booleanColumns, migratedDatabase, migratedTables, type Table } from './schema'

const booleans = await booleanColumns()

/** Columns that still name a person after the account was erased: why the row is kept, and which of its texts. */
const KEPT: Record<string, { why: string; texts: string[] }> = {
  'actions.staff_id': {
    why: 'What the staff did is never changed. Other people are concerned, and the id leads to no name.',
    texts: ['kind', 'reason'],
  },
  'actions.user_id': {
    why: 'What the staff did is never changed, nor are the reasons that they gave. The id leads to no name.',
    texts: ['kind', 'reason'],
  },
  'checkouts.user_id': {
    why: 'Book-keeping: money was paid for these coins, and may be claimed back later.',
    texts: ['approval', 'currency', 'payment_id', 'provider', 'reference', 'secret', 'session_id', 'url'],
  },
  'coin_accounts.user_id': { why: 'Book-keeping: the ledger refers to the account. It is empty.', texts: ['kind'] },
  'comments.author_id': { why: 'The answers to the comment stay in place.', texts: [] },
  'crowds.author_id': { why: 'It says only that posts were once merged, for the id of an empty row.', texts: [] },
  'files.owner_id': {
    why: 'Links to the bytes must be refused until they expire. A sweep deletes the row after a day.',
    texts: ['error_code', 'error_message', 'kind', 'sha256', 'status', 'type', 'upload_id'],
  },
  'happenings.actor_id': { why: 'A sweep deletes it after a week.', texts: ['kind'] },
  'idempotency.user_id': { why: 'A sweep deletes it after a day.', texts: ['body', 'call', 'key', 'result'] },
  'looks.giver_id': { why: 'Book-keeping: the author was paid. The link is ended.', texts: [] },
  'invites.created_by': { why: 'People joined with the invitation. It is ended.', texts: [] },
  'jobs.owner_id': {
    why: 'It only decides whose turn it is. The job ends when it finds that its file is erased.',
    texts: ['error', 'key', 'kind', 'lane', 'payload'],
  },
  'password_resets.user_id': { why: 'It holds nothing but times, and is used up.', texts: [] },
  'payouts.decided_by': {
    why: 'Book-keeping: the money is that of somebody else.',
    texts: ['account', 'note', 'status'],
  },
  'payouts.user_id': { why: 'Book-keeping: coins left the community for money.', texts: ['note', 'status'] },
  'posts.author_id': { why: 'The ledger refers to it, and buyers keep what they paid for.', texts: ['visibility'] },
  'purchases.buyer_id': { why: 'Book-keeping: the author was paid. The purchase is ended.', texts: [] },
  'purchases.payer_id': { why: 'Book-keeping: somebody else was given the post, and keeps it.', texts: [] },
  'redemptions.user_id': { why: 'Book-keeping: coins came from the voucher.', texts: [] },
  'refund_requests.author_id': { why: 'The request is that of the buyer.', texts: ['answer', 'reason', 'status'] },
  'refund_requests.buyer_id': { why: 'Book-keeping: coins may have come back. It is ended.', texts: ['status'] },
  'refund_requests.decided_by': {
    why: 'The request is that of the buyer, who reads the answer.',
    texts: ['answer', 'reason', 'status'],
  },
  'appeals.settled_by': {
    why: 'The appeal belongs to the person who made it.',
    texts: ['answer', 'outcome', 'text'],
  },
  'flags.settled_by': {
    why: 'The text belongs to the person who wrote it.',
    texts: ['effect', 'field', 'outcome', 'text', 'words'],
  },
  'reports.settled_by': { why: 'The report belongs to the person who made it.', texts: ['outcome', 'reason'] },
  'sessions.user_id': {
    why: 'Its token must be refused until it expires. A sweep deletes the row a day later.',
    texts: ['name'],
  },
  'tips.from_id': { why: 'Book-keeping: somebody else was paid.', texts: [] },
  'tips.to_id': { why: 'Book-keeping: somebody else paid.', texts: [] },
  'topups.decided_by': {
    why: 'Book-keeping: the coins are those of somebody else.',
    texts: ['answer', 'currency', 'depositor', 'note', 'status'],
  },
  'topups.user_id': { why: 'Book-keeping: coins came for cash.', texts: ['currency', 'status'] },
  'users.id': { why: 'The id is never given to somebody else. The row is empty.', texts: [] },
  'vouchers.created_by': { why: 'Other people hold the voucher and may still redeem it.', texts: ['code_hash'] },
}

/** Stands in every text of a planted row. Quoted, so that it is JSON as well. */
const MARK = 'written by the leaver'
let lastNumber = 1_000_000

/** Adds a row that names the person in this column. Its texts hold the mark, and its other ids lead to rows that exist. */
function plant(
  db: TestDatabase,
  { name: table, columns, autoIncrement, unique }: Table,
  column: string,
  personId: number,
) {
  using structure = migratedDatabase()
  const targets = new Map(
    references(structure)
      .filter((key) => key.table === table)
      .map((key) => [key.column, key.to]),
  )
  const firstOf = (to: string) => db.query<{ id: number | null }, []>(`select min(id) as id from ${to}`).get()!.id
  const number = (name: string) => {
    if (booleans.has(`${table}.${name}`)) return 1
    const target = targets.get(name)
    return (target && !unique.includes(name) && firstOf(target)) || ++lastNumber
  }
  const filled = columns.filter(
    ({ name, type, notNull, default: otherwise }) =>
      !(name === 'id' && autoIncrement) && (type === 'text' ? otherwise !== "'{}'" : notNull && otherwise === null),
  )
  const values = new Map(
    filled.map(({ name, type }) => [name, type === 'text' ? `"${MARK} ${++lastNumber}"` : number(name)]),
  )
  values.set(column, personId)
  const names = [...values.keys()].join(', ')
  const places = [...values].map(() => '?').join(', ')
  db.query(`insert into ${table} (${names}) values (${places})`).run(...values.values())
}

/** An erased account that had a row in every column that names a person. */
async function withErased() {
  const t = await testApp()
  await t.post(await t.user('stays'))
  const leaver = await t.user('leaver', { password: 'a long password' })
  const db = t.openDatabase()
  db.run('pragma foreign_keys = off')
  db.run('pragma ignore_check_constraints = on')
  using structure = migratedDatabase()
  const tables = migratedTables(structure)
  const people = peopleIn(structure)
  for (const { table, column } of people) plant(db, tables.find(({ name }) => name === table)!, column, leaver.id)
  const texts = ['display_name', 'bio', 'email', 'email_refusal', 'locale', 'mail_locale', 'suspension_reason']
  db.run(`update users set ${texts.map((name) => `${name} = '${MARK}'`).join(', ')} where id = ${leaver.id}`)
  db.run(`update users set links = '["${MARK}"]' where id = ${leaver.id}`)
  const left = await t.api(leaver, 'DELETE /users/account', { password: 'a long password', immediately: true })
  expect(left.status).toBe(204)
  await t.runJobs()
  return { ...t, db, tables, people, leaver }
}

test('erasing an account leaves only the rows and texts that are listed here with their reasons', async () => {
  using t = await withErased()
  const columns = [{ table: 'users', column: 'id' }, ...t.people]
  const rows = columns.map(({ table, column }) => ({
    name: `${table}.${column}`,
    found: t.db.query<Record<string, unknown>, [number]>(`select * from ${table} where ${column} = ?`).all(t.leaver.id),
  }))
  expect(rows.length).toBeGreaterThan(40)
  const kept = rows
    .filter(({ found }) => found.length)
    .map(({ name, found }) => [name, [...new Set(found.flatMap(markedIn))].sort()])
  expect(Object.fromEntries(kept)).toEqual(
    Object.fromEntries(Object.entries(KEPT).map(([name, { texts }]) => [name, texts])),
  )
})

/** The columns of a row in which a text of the person is left. */
const markedIn = (row: Record<string, unknown>) =>
  Object.entries(row).flatMap(([key, value]) => (typeof value === 'string' && value.includes(MARK) ? [key] : []))
