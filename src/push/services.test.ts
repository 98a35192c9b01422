import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { type PushApp, pushAppForEachTest } from '../../test/push-app'
import { pushService } from '../../test/push-service'
import { handlers } from '../handlers'
import { startJobs } from '../jobs/loop'

let t: PushApp
let ann: PushApp['ann']
let bob: PushApp['bob']

pushAppForEachTest((app) => {
  t = app
  ;({ ann, bob } = app)
})

test('a device unknown to its service is removed; one whose push is refused stays and shows why', async () => {
  await t.follow(bob, ann)
  const [gone, missing, large] = [await t.subscribe(bob), await t.subscribe(bob), await t.subscribe(bob)]
  gone.device.mode = 410
  missing.device.mode = 404
  large.device.mode = 413
  await t.post(ann)
  await t.runJobs()
  expect(await t.devicesOf(bob)).toMatchObject([{ id: large.id, lastFailure: 'answered 413' }])
  expect(await t.logOf(bob, large.id)).toMatchObject([{ outcome: 'failed', status: 413 }])
  expect(await t.api(bob, `GET /push/subscriptions/${gone.id}`)).toEqual(problem(404, 'not_found'))
  t.pass(7200_000)
  await t.runJobs()
  expect([gone, missing, large].map(({ device }) => device.asked)).toEqual([1, 1, 1])
})

test('an overloaded service is paused for as long as it asks, and then gets everything that waited', async () => {
  await t.follow(bob, ann)
  const [busy, other] = [await t.subscribe(bob), await t.subscribe(bob)]
  for (const retryAfter of [() => '120', () => new Date(+t.app.now() + 120_000).toUTCString()]) {
    Object.assign(busy.device, { mode: 429, retryAfter: retryAfter(), asked: 0 })
    await t.api(bob, 'POST /push/test', { subscriptionId: busy.id })
    await t.runJobs()
    expect(await t.logOf(bob, busy.id)).toMatchObject([
      { outcome: 'waiting', status: 429, attempts: 1 },
      ...(await t.logOf(bob, busy.id)).slice(1),
    ])
    const before = other.device.asked
    await t.post(ann)
    await t.runJobs()
    t.pass(110_000)
    await t.runJobs()
    expect([busy.device.asked, other.device.asked]).toEqual([1, before])
    busy.device.mode = 'up'
    t.pass(20_000)
    await t.runJobs()
    expect([busy.device.asked, other.device.asked]).toEqual([3, before + 1])
  }
})

test('a service that is out of order is tried ever more rarely, and delays no other', async () => {
  await using sound = pushService()
  await t.follow(bob, ann)
  const broken = await t.subscribe(bob)
  const well = await t.subscribe(bob, await sound.device(t.key))
  broken.device.mode = 500
  await t.post(ann)
  await t.runJobs()
  const times: number[] = []
  for (let second = 0, seen = 1; second < 300; second++) {
    t.pass(1000)
    await t.runJobs()
    if (broken.device.asked > seen) times.push(second)
    seen = broken.device.asked
  }
  expect(well.device.got).toHaveLength(1)
  expect(times.length).toBeLessThan(9)
  expect(times.length).toBeGreaterThan(4)
  broken.device.mode = 'up'
  t.pass(3600_000)
  await t.runJobs()
  expect(broken.device.got).toHaveLength(1)
})

test('redirects are not followed', async () => {
  const { device: first } = await t.subscribe(bob)
  const { device, id } = await t.subscribe(bob)
  device.mode = 'redirect'
  await t.api(bob, 'POST /push/test', { subscriptionId: id })
  await t.runJobs()
  expect([first.asked, device.asked]).toEqual([0, 1])
  expect(await t.logOf(bob, id)).toMatchObject([{ outcome: 'failed', status: 307 }])
})

test('a service that does not answer delays no other', async () => {
  const dead = pushService()
  await t.follow(bob, ann)
  const silent = await t.subscribe(bob, await dead.device(t.key))
  const well = await t.subscribe(bob)
  silent.device.mode = 'dead'
  await t.post(ann)
  const stop = startJobs(t.app, handlers)
  while (!well.device.got.length || !silent.device.asked) await Bun.sleep(5)
  expect(silent.device.got).toEqual([]) // The silent service still keeps us waiting.
  await dead[Symbol.asyncDispose]()
  await stop()
})
