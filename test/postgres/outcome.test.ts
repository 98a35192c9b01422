import { expect, test } from 'bun:test'
import { Client } from 'pg'
import { OutcomeUnknown } from '../../src/db/away'
import { openWriter } from '../../src/db/postgres/writer'
import { createWrite } from '../../src/db/write'
import { dropDatabase, emptyDatabase } from './databases'
import { relayTo } from './relay'

/** Writes numbers through a way that can be cut. */
async function opened({ outcomeMs }: { outcomeMs: number }) {
  const url = await emptyDatabase()
  const client = new Client(url)
  await client.connect()
  await client.query('create table numbers (n integer)')
  await client.query('create table nodes (id text primary key, commits bigint not null, at bigint not null)')
  const way = relayTo(url)
  const options = { node: 'one', patienceMs: 500, notice: () => "select pg_notify('pinhole', '')", outcomeMs }
  const writer = openWriter(way.url, options)
  const write = createWrite(writer.line, writer, async () => {})
  return {
    way,
    add: (n: number) => write((line) => line.query('insert into numbers values ($1)', [n])),
    numbers: async () => (await client.query('select n from numbers order by n')).rows.map(({ n }) => n),
    async [Symbol.asyncDispose]() {
      await writer.end()
      way[Symbol.dispose]()
      await client.end()
      await dropDatabase(url)
    },
  }
}

test('a commit whose answer was lost counts as stored when the database is back in time', async () => {
  await using t = await opened({ outcomeMs: 20_000 })
  await t.add(1)
  const isLost = t.way.loseAnswerTo('commit')
  const told = t.add(2)
  await isLost
  t.way.mend()
  await told
  expect(await t.numbers()).toEqual([1, 2])
})

test('when it does not come back in time, nobody is told that the change is not stored, and later ones are', async () => {
  await using t = await opened({ outcomeMs: 300 })
  await t.add(1)
  const isLost = t.way.loseAnswerTo('commit')
  const told = t.add(2)
  await isLost
  expect(await told.catch((error) => error)).toBeInstanceOf(OutcomeUnknown)
  t.way.mend()
  await t.add(3)
  expect(await t.numbers()).toEqual([1, 2, 3])
})
