import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'
import { enqueue } from '../jobs/queue'
import { jobs } from '../jobs/table'
import type { Tx } from './open'
import { shareReads } from './reads'

// PostgreSQL reads without locks that anybody else waits for.
const onSqlite = test.skipIf(onPostgres)

onSqlite('what this process stores is read at once, and what another stores in the next turn', async () => {
  using t = await testApp()
  using other = t.openDatabase()
  const count = () => t.app.db.$count(jobs)
  const before = await count()
  await t.app.write(async (tx) => {
    await enqueue(tx, 'inbox.deliver', { postId: 0, after: 0 }, t.app.now())
    expect(await count()).toBe(before) // as a request that is answered meanwhile sees it
  })
  expect(await count()).toBe(before + 1)
  other.run('delete from jobs')
  await new Promise((turned) => setImmediate(turned))
  expect(await count()).toBe(0)
})

test('a transaction that SQLite has ended by itself is not ended again', () => {
  using db = new Database(':memory:')
  const reads = shareReads(db)
  reads.begin()
  db.run('rollback') // as an error of the disk does
  reads.end()
  reads.begin()
  expect(db.inTransaction).toBe(true)
  reads.end() // before the database is closed, as the store does
})

/** SQLite moves the log after a commit that leaves more than 1,000 pages of 4 kB in it. */
const LOG_BYTES = 1000 * 4096

onSqlite('the log is moved into the database while every turn both reads and writes', async () => {
  using t = await testApp()
  const work = async (tx: Tx) => {
    await enqueue(tx, 'inbox.deliver', { postId: 0, after: 0 }, t.app.now())
    await t.app.db.$count(jobs) // as a request that is answered meanwhile
  }
  for (let i = 0; i < 1500; i++) await t.app.write(work, { flush: 'later' })
  expect(statSync(join(t.dir, 'pinhole.sqlite-wal')).size).toBeLessThan(1.5 * LOG_BYTES)
})
