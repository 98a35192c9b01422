import { expect, test } from 'bun:test'
import { Client } from 'pg'
import { openReaders } from '../../src/db/postgres/readers'
import { until } from '../until'
import { emptyDatabase } from './databases'

test('each of many queries at once gets its own answer, whether its text was prepared before or not', async () => {
  const readers = openReaders(await emptyDatabase())
  const text = (kind: number) => `select '${kind}:' || $1::text${', 0'.repeat(kind % 7)} where $2::boolean`
  const ask = async (i: number) => {
    const kind = i % 3 ? i % 5 : i // known texts between texts that are asked for the first time
    const isEmpty = i % 4 === 0
    const { rows } = await readers.query(text(kind), [i, !isEmpty])
    return [rows, isEmpty ? [] : [[`${kind}:${i}`, ...Array(kind % 7).fill(0)]]]
  }
  // beyond the thousandth text, queries are not prepared
  for (const [rows, wanted] of await Promise.all(Array.from({ length: 4000 }, (_, i) => ask(i))))
    expect(rows).toEqual(wanted!)
  readers.end()
})

test('values come back as they were sent, and numbers of each kind as numbers', async () => {
  const readers = openReaders(await emptyDatabase())
  const bytes = Buffer.from([0, 1, 255])
  const sent = [Number.MAX_SAFE_INTEGER, -1, 0.25, true, false, null, '', '한글 \0 \\ \'"', bytes]
  const types = ['bigint', 'integer', 'double precision', 'boolean', 'boolean', 'bigint', 'text', 'text', 'bytea']
  const back = [...sent.slice(0, 7), '한글 \ufffd \\ \'"', bytes]
  const select = types.map((type, i) => `$${i + 1}::${type}`).join(', ')
  for (let i = 0; i < 2; i++) expect((await readers.query(`select ${select}`, sent)).rows).toEqual([back])
  const counts = await readers.query(
    'select count(*), sum(n), max(n), sum(n) filter (where n > 9) from generate_series(1::bigint, 3) n',
  )
  expect(counts.rows).toEqual([[3, 6, 3, null]])
  readers.end()
})

test('an error of one query is its own, and the connection answers the next', async () => {
  const readers = openReaders(await emptyDatabase())
  for (let i = 0; i < 20; i++) {
    const [wrong, right] = await Promise.allSettled([
      readers.query('select 1 / $1::integer', [0]),
      readers.query('select $1::integer', [i]),
    ])
    expect(wrong).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('division by zero') },
    })
    expect(right).toMatchObject({ status: 'fulfilled', value: { rows: [[i]] } })
  }
  readers.end()
})

test('a server opens few connections, and closes them when it ends', async () => {
  const url = await emptyDatabase()
  const client = new Client(url)
  await client.connect()
  const connections = async () => {
    const { rows } = await client.query(
      `select count(*)::integer as n from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    return rows[0].n
  }
  const readers = openReaders(url)
  await Promise.all(Array.from({ length: 100 }, () => readers.query('select pg_sleep(0.01)')))
  expect(await connections()).toBeWithin(1, 13)
  readers.end()
  await until('the connections to be closed', async () => (await connections()) === 0)
  await client.end()
})
