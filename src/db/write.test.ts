import { expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'
import { inbox } from '../inbox/table'
import { enqueue } from '../jobs/queue'
import { Problem } from '../problem'
import type { Tx } from './open'
import { sayAfterwards } from './write'

const row = (userId: number) => ({ userId, postId: 7, at: new Date(1), read: false })

test('a failed transaction rolls back alone, and the transaction batched with it commits', async () => {
  using t = await testApp()
  const { write, db } = t.app
  const bad = write(async (tx) => {
    await tx.insert(inbox).values(row(1))
    await Bun.sleep(2)
    throw new Error('boom')
  })
  const good = write((tx) => tx.insert(inbox).values(row(2)))
  await expect(bad).rejects.toThrow('boom')
  await good
  expect((await db.select().from(inbox)).map(({ userId }) => userId)).toEqual([2])
})

test('others in the batch run again only when one fails that may have changed something', async () => {
  using t = await testApp()
  const { write, onSaid, db } = t.app
  const said: object[] = []
  onSaid((messages) => void said.push(...messages))
  const beside = async (fails: (tx: Tx) => Promise<never>) => {
    let runs = 0
    const good = write(async (tx) => {
      runs++
      sayAfterwards({ done: true })
      await tx.insert(inbox).values({ ...row(3), postId: 100 + said.length })
      return 'stored'
    })
    await expect(write(fails)).rejects.toThrow('no')
    expect(await good).toBe('stored')
    return runs
  }
  const refuse = () => Promise.reject(new Problem('conflict', 'no'))
  expect(await beside(refuse)).toBe(1)
  expect(await beside((tx) => tx.select().from(inbox).then(refuse))).toBe(1)
  expect(await beside((tx) => tx.insert(inbox).values(row(1)).then(refuse))).toBe(2)
  expect(await beside(() => Promise.reject(new Error('no')))).toBe(2)
  expect(said.filter((message) => 'done' in message)).toHaveLength(4)
  expect((await db.select().from(inbox)).map(({ userId }) => userId)).toEqual([3, 3, 3, 3])
})

test('one that fails alone runs once', async () => {
  using t = await testApp()
  let runs = 0
  const alone = t.app.write(async (tx) => {
    runs++
    await tx.insert(inbox).values(row(1))
    throw new Error('boom')
  })
  await expect(alone).rejects.toThrow('boom')
  expect(runs).toBe(1)
  expect(await t.app.db.$count(inbox)).toBe(0)
})

test.skipIf(onPostgres)('nothing is stored after SQLite has rolled a transaction back by itself', async () => {
  using t = await testApp()
  using other = t.openDatabase()
  other.run(`create trigger full before insert on inbox when new.user_id = 1
    begin select raise(rollback, 'database or disk is full'); end`)
  const careless = t.app.write(async (tx) => {
    await tx
      .insert(inbox)
      .values(row(1))
      .catch(() => {})
    await tx.insert(inbox).values(row(2))
  })
  const beside = t.app.write((tx) => tx.insert(inbox).values(row(3)))
  const outcomes = await Promise.allSettled([careless, beside])
  expect(outcomes.map((outcome) => 'reason' in outcome && String(outcome.reason))).toEqual(
    Array(2).fill('Error: SQLite has rolled the transaction back.'),
  )
  expect(await t.app.db.$count(inbox)).toBe(0)
  await t.app.write((tx) => tx.insert(inbox).values(row(4)))
})

test('a write inside a write is refused, and so is a query after its transaction ended', async () => {
  using t = await testApp()
  const { write, db } = t.app
  await expect(write(() => write(async () => {}))).rejects.toThrow('write() inside write()')
  let late: Promise<unknown> | undefined
  await write(async (tx) => {
    late = Bun.sleep(2).then(() => tx.insert(inbox).values(row(1)).then())
    late.catch(() => {}) // it may fail before it is looked at
  })
  await expect(late).rejects.toThrow('an await is missing')
  expect(await db.$count(inbox)).toBe(0)
})

const LOCK = onPostgres ? ['begin', 'select pg_advisory_xact_lock(7077101)'] : ['begin immediate']

test('while another process holds the lock, writes wait and other requests are answered', async () => {
  using t = await testApp()
  using other = t.openDatabase()
  const lock = () => {
    for (const statement of LOCK) other.run(statement)
  }
  lock()
  const patient = t.app.write((tx) => tx.insert(inbox).values(row(1)))
  // a blocked event loop would turn only before and after the wait
  expect(await turnsDuring(() => Bun.sleep(200))).toBeGreaterThan(5)
  other.run('commit')
  await patient
  lock()
  await expect(t.app.write((tx) => tx.insert(inbox).values(row(2)))).rejects.toThrow(/locked|lock timeout/)
  other.run('rollback')
  await t.app.write((tx) => tx.insert(inbox).values(row(3)))
  expect(await t.app.db.$count(inbox)).toBe(2)
})

test.skipIf(onPostgres)('only a commit of work that can be done again does not wait for the disk', async () => {
  using t = await testApp()
  const flushOf = async (tx: Tx) => {
    const level = sql<number>`(select synchronous from pragma_synchronous)`
    return (await tx.select({ level }).from(sql`(select 1)`))[0]!.level
  }
  const [FULL, NORMAL] = [2, 1]
  expect(await t.app.write(flushOf)).toBe(FULL)
  expect(await t.app.write(flushOf, { flush: 'later' })).toBe(NORMAL)
  expect(await Promise.all([t.app.write(flushOf, { flush: 'later' }), t.app.write(flushOf)])).toEqual([FULL, FULL])
  expect(await t.app.write(flushOf, { flush: 'later' })).toBe(NORMAL)
  expect(await t.app.write(flushOf)).toBe(FULL)
})

test('the event loop keeps turning while 20,000 inboxes are filled', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  t.addFollowers(ann.id, 20_000)
  await t.post(ann)
  expect(await turnsDuring(t.runJobs)).toBeGreaterThan(40) // one turn per chunk
  expect(await t.app.db.$count(inbox)).toBe(20_000)
})

test('concurrent writes from many connections share commits', async () => {
  using t = await testApp()
  let [writes, commits] = [0, 0]
  t.app.onChange(() => void commits++)
  const answer = async () => {
    await t.app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: 0, after: 0 }, t.app.now()))
    return new Response(String(++writes))
  }
  await using server = Bun.serve({ port: 0, fetch: answer })
  const client = async () => {
    for (let i = 0; i < 10; i++) await fetch(server.url)
  }
  await Promise.all(Array.from({ length: 64 }, client))
  expect(writes).toBe(640)
  expect(writes / commits).toBeGreaterThan(4)
})

async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [turns, done] = [0, false]
  const turn = () => {
    turns++
    if (!done) setImmediate(turn)
  }
  setImmediate(turn)
  await work().finally(() => {
    done = true
  })
  return turns
}
