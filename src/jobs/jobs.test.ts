import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'
import { until } from '../../test/until'
import { handlers } from '../handlers'
import type { Handler, Handlers } from './handler'
import { runNext, startJobs } from './loop'
import { ATTEMPTS, advance, enqueue, enqueueOnce } from './queue'
import { jobs } from './table'

const payload = { postId: 1, after: 0 }
type Deliver = Handler<'inbox.deliver'>
const handling = (run: Deliver['run'], more: Partial<Deliver> = {}): Handlers => ({
  ...handlers,
  'inbox.deliver': { run, ...more },
})

async function withJob(inMs = 0) {
  const t = await testApp()
  await t.app.write((tx) => enqueue(tx, 'inbox.deliver', payload, new Date(+t.app.now() + inMs)))
  const run = (handlers: Handlers, more: { leaseMs?: number; signal?: AbortSignal } = {}) =>
    runNext(t.app, 'rest', { handlers, ...more })
  return { ...t, run, left: () => t.app.db.select().from(jobs) }
}

test('a failed job is retried with growing delays, and in the end stays dead with its error', async () => {
  using t = await withJob()
  const failing = handling(async () => Promise.reject(new Error('no luck')))
  for (let i = 1; i <= ATTEMPTS; i++) {
    expect([await t.run(failing), await t.run(failing)]).toEqual([true, false])
    t.pass(2 ** i * 1000)
  }
  expect(await t.run(failing)).toBe(false)
  expect(await t.left()).toMatchObject([{ attempts: ATTEMPTS, error: 'Error: no luck', diedAt: expect.any(Date) }])
})

test('the handler is told once that a job died, after its number of attempts', async () => {
  using t = await withJob()
  let told = 0
  const failing = handling(async () => Promise.reject(new Error('no luck')), {
    attempts: 2,
    died: async () => void told++,
  })
  for (let i = 1; i <= 3; i++) {
    await t.run(failing)
    expect(told).toBe(i < 2 ? 0 : 1)
    t.pass(3600_000)
  }
})

test('a running job stays leased for as long as it takes', async () => {
  using t = await withJob()
  const [began, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = t.run(
    handling(() => {
      began.resolve()
      return end.promise
    }),
    { leaseMs: 300 },
  )
  await began.promise
  const other = handling(async () => {})
  for (let i = 0; i < 4; i++) {
    t.pass(200) // in total longer than the lease; each renewal uses the current time
    await Bun.sleep(250)
    expect(await t.run(other, { leaseMs: 300 })).toBe(false)
  }
  end.resolve()
  expect(await slow).toBe(true)
  expect(await t.left()).toEqual([])
})

test('a job whose worker died is taken over, and the old worker changes nothing if it wakes up', async () => {
  using t = await withJob()
  const [began, tookOver, wake] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ]
  const first = t.run(
    handling(() => {
      began.resolve()
      return wake.promise
    }),
  )
  await began.promise
  t.pass(31_000)
  let meanwhile: unknown[] = []
  const second = t.run(
    handling(async () => {
      tookOver.resolve()
      await first
      meanwhile = await t.left()
    }),
  )
  await tookOver.promise
  wake.reject(new Error('too late'))
  await second
  expect(meanwhile).toMatchObject([{ attempts: 2, error: null, dueAt: new Date(+t.app.now() + 30_000) }])
  expect(await t.left()).toEqual([])
})

test('a job with a key that died begins anew when there is a new cause, and remains the only one', async () => {
  using t = await testApp()
  const cause = () => t.app.write((tx) => enqueueOnce(tx, 'inbox.deliver', 'the only one', payload, t.app.now()))
  const run = (handlers: Handlers) => runNext(t.app, 'rest', { handlers })
  await cause()
  const failing = handling(
    async (app, job) => {
      await app.write((tx) => advance(tx, job, { ...payload, after: 500 }))
      throw new Error('no luck')
    },
    { attempts: 1 },
  )
  await run(failing)
  expect(await t.app.db.select().from(jobs)).toMatchObject([{ diedAt: expect.any(Date), payload: { after: 500 } }])
  for (let i = 0; i < 2; i++) await cause()
  expect(await t.app.db.select().from(jobs)).toMatchObject([{ diedAt: null, attempts: 0, error: null, payload }])
  let ran = 0
  while (await run(handling(async () => void ran++))) expect(ran).toBe(1)
})

test('a job that always kills its server dies after its last attempt', async () => {
  using t = await withJob()
  using other = t.openDatabase()
  other.run('update jobs set attempts = ?', [ATTEMPTS])
  let ran = 0
  expect(await t.run(handling(async () => void ran++))).toBe(true)
  expect([ran, await t.left()]).toEqual([0, [expect.objectContaining({ diedAt: expect.any(Date) })]])
})

test('a job interrupted by a stopping server is due again at once and keeps its attempts', async () => {
  using t = await withJob()
  const stopping = new AbortController()
  const interrupted = t.run(
    handling(async (_app, _job, signal) => {
      await Bun.sleep(5)
      signal.throwIfAborted()
    }),
    { signal: stopping.signal },
  )
  stopping.abort()
  await interrupted
  expect(await t.left()).toMatchObject([{ attempts: 0, error: null, dueAt: t.app.now() }])
})

test('lanes do not wait for each other', async () => {
  using t = await withJob()
  const photo = Promise.withResolvers<void>()
  await t.app.write((tx) => enqueue(tx, 'files.process', { fileId: 1 }, t.app.now()))
  let delivered = 0
  const stop = startJobs(t.app, {
    ...handling(async () => void delivered++),
    'files.process': { run: () => photo.promise },
  })
  await until('the job is done', () => delivered === 1)
  photo.resolve()
  await stop()
})

test('the loop wakes up for its own commits, for due times and for other processes', async () => {
  using t = await withJob(50)
  let ran = 0
  const stop = startJobs(
    t.app,
    handling(async () => void ran++),
  )
  await Bun.sleep(20)
  expect(ran).toBe(0)
  t.pass(50)
  await until('1 of the jobs ran', () => ran === 1)
  await t.app.write((tx) => enqueue(tx, 'inbox.deliver', payload, t.app.now()))
  await until('2 of the jobs ran', () => ran === 2)
  using other = t.openDatabase()
  other.run(`insert into jobs (kind, lane, payload, created_at, due_at) values ('inbox.deliver', 'rest', '{}', 0, 0)`)
  await until('3 of the jobs ran', () => ran === 3)
  await stop()
})

test.skipIf(onPostgres)('jobs of a killed server continue at the next start, before their lease ends', async () => {
  using t = await withJob()
  const never = Promise.withResolvers<void>()
  const killed = runNext(t.app, 'rest', { handlers: handling(() => never.promise) })
  await until('the job is claimed', async () => (await t.left())[0]?.leased)
  let ran = 0
  const stop = startJobs(
    t.app,
    handling(async () => void ran++),
  )
  await until('1 of the jobs ran', () => ran === 1)
  await stop()
  never.reject(new Error('killed'))
  await killed
})
