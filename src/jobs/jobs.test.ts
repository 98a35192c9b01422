import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { runNext, startJobs } from './loop'
import { ATTEMPTS, enqueue, type Handlers } from './queue'
import { jobs } from './table'

const payload = { postId: 1, after: 0 }
const handling = (deliver: Handlers['inbox.deliver']): Handlers => ({ 'inbox.deliver': deliver })

async function withJob(inMs = 0) {
  const t = await testApp()
  await t.app.write((tx) => enqueue(tx, 'inbox.deliver', payload, new Date(+t.app.now() + inMs)))
  return { ...t, left: () => t.app.db.select().from(jobs) }
}

async function until(isSo: () => boolean | Promise<boolean>) {
  for (let i = 0; i < 200 && !(await isSo()); i++) await Bun.sleep(10)
  expect(await isSo()).toBe(true)
}

test('a job that fails is tried again, later each time, and stays in the end, dead, with its error', async () => {
  using t = await withJob()
  const failing = handling(async () => Promise.reject(new Error('no luck')))
  for (let i = 1; i <= ATTEMPTS; i++) {
    expect([await runNext(t.app, failing), await runNext(t.app, failing)]).toEqual([true, false])
    t.pass(2 ** i * 1000)
  }
  expect(await runNext(t.app, failing)).toBe(false)
  expect(await t.left()).toMatchObject([{ attempts: ATTEMPTS, error: 'Error: no luck', diedAt: expect.any(Date) }])
})

test('a job that is worked on stays taken for as long as it takes', async () => {
  using t = await withJob()
  const clock = setInterval(() => t.pass(10), 10)
  const slow = runNext(
    t.app,
    handling(() => Bun.sleep(300)),
    90,
  )
  await Bun.sleep(200)
  expect(
    await runNext(
      t.app,
      handling(async () => {}),
      90,
    ),
  ).toBe(false)
  expect(await slow).toBe(true)
  clearInterval(clock)
  expect(await t.left()).toEqual([])
})

test('a job whose worker died is taken over, and the dead one, if it wakes, changes nothing', async () => {
  using t = await withJob()
  const wake = Promise.withResolvers<void>()
  const first = runNext(
    t.app,
    handling(() => wake.promise),
  )
  await Bun.sleep(10)
  t.pass(31_000)
  let meanwhile: unknown[] = []
  const second = runNext(
    t.app,
    handling(async () => {
      await first
      meanwhile = await t.left()
    }),
  )
  await Bun.sleep(10)
  wake.reject(new Error('too late'))
  await second
  expect(meanwhile).toMatchObject([{ attempts: 2, error: null, dueAt: new Date(+t.app.now() + 30_000) }])
  expect(await t.left()).toEqual([])
})

test('the loop wakes for its own commits, for later, and for another process', async () => {
  using t = await withJob(50)
  let ran = 0
  const stop = startJobs(
    t.app,
    handling(async () => void ran++),
  )
  await Bun.sleep(20)
  expect(ran).toBe(0)
  t.pass(50)
  await until(() => ran === 1)
  await t.app.write((tx) => enqueue(tx, 'inbox.deliver', payload, t.app.now()))
  await until(() => ran === 2)
  using other = t.stranger()
  other.run(`insert into jobs (kind, payload, due_at) values ('inbox.deliver', '{}', 0)`)
  await until(async () => ran === 3 && !(await t.left()).length)
  await stop()
})
