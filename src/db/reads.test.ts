import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'
import { until } from '../../test/until'
import { enqueue } from '../jobs/queue'
import { jobs } from '../jobs/table'
import { openStore, type Tx } from './open'
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

onSqlite(
  'those who are told that another process stored something see it, also in a turn that has read before',
  async () => {
    using t = await testApp()
    using other = t.openDatabase()
    const pollMs = 20
    const store = openStore(join(t.dir, 'pinhole.sqlite'), { pollMs })
    const seen: number[] = []
    store.onChange(async () => void seen.push(await store.db.$count(jobs)))
    const add = `insert into jobs (kind, lane, payload, created_at, due_at) values ('inbox.deliver', 'rest', '{}', 0, 0)`
    for (let n = 1; n <= 10; n++) {
      setTimeout(async () => {
        await store.db.$count(jobs)
        other.run(add)
      })
      Bun.sleepSync(pollMs) // so that the next look for changes is due in the same turn
      await until('the change is told', () => seen.length === n)
    }
    store.close()
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  },
)

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
