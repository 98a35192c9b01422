import { expect, test } from 'bun:test'
import { type Json, problem } from '../../../test/harness'
import { market } from '../../../test/market'
import { enqueue } from '../../jobs/queue'
import { forecastOf, recordMeasurement } from '../../measurements/model'

const DAY_MS = 24 * 3600_000
const GB = 1024 ** 3
const NONE = { jobsDone: 0, jobsFailed: 0, pushesSent: 0, pushesFailed: 0, mailsSent: 0, mailsFailed: 0 }

test('the forecast follows the free room of the last weeks', () => {
  const now = new Date('2026-03-01T00:00:00Z')
  const days = (free: (daysAgo: number) => number, count = 20) =>
    Array.from({ length: count }, (_, i) => count - i).map((ago) => ({
      at: new Date(+now - ago * DAY_MS),
      diskFree: free(ago) * GB,
    }))
  const at = (free: number, leastFree = 0) => ({ free: free * GB, leastFree: leastFree * GB, now })
  expect(
    forecastOf(
      days((ago) => 24 + 2 * ago),
      at(24),
    ),
  ).toEqual({ bytesADay: 2 * GB, daysLeft: 12 })
  expect(
    forecastOf(
      days((ago) => 24 + 2 * ago),
      at(24, 4),
    ),
  ).toMatchObject({ daysLeft: 10 })
  expect(
    forecastOf(
      days(() => 50),
      at(50),
    ),
  ).toEqual({ bytesADay: 0, daysLeft: null })
  expect(
    forecastOf(
      days((ago) => 50 - ago),
      at(50),
    ),
  ).toMatchObject({ daysLeft: null })
  expect(
    forecastOf(
      days((ago) => 1 + ago),
      at(1, 2),
    ),
  ).toMatchObject({ daysLeft: 0 })
  expect(
    forecastOf(
      days((ago) => 10 + ago, 1),
      at(10),
    ),
  ).toBeNull()
  expect(forecastOf([], at(10))).toBeNull()
})

test('the staff see each day, what uses the space and when the disk is full; members do not', async () => {
  using m = await market()
  await m.grant(m.bob, 50)
  const { free } = await (async () => ({ free: (await m.api(m.boss, 'GET /admin')).body.diskFreeBytes }))()
  for (let ago = 10; ago > 0; ago--) {
    const sizes = {
      diskSize: 4 * free,
      diskFree: Math.round(free * (1 + ago / 10)),
      originals: 5,
      renditions: 6,
      rowBytes: 7,
    }
    const at = new Date(+m.app.now() - ago * DAY_MS)
    await m.app.write((tx) => recordMeasurement(tx, { ...sizes, uploads: 0, exports: 0, backups: 0 }, NONE, at))
  }
  await m.buy(m.bob, await m.post(m.ann, { price: 5 }))
  await m.app.write((tx) => enqueue(tx, 'upkeep.sweep', {}, m.app.now()))
  await m.runJobs()
  const { body } = await m.api(m.boss, 'GET /admin/statistics')
  expect(body.days).toHaveLength(30)
  expect(body.days.at(-1)).toMatchObject({ day: '2026-01-01', people: 4, posts: 1, coins: 5 })
  expect(body.days.at(-1).space).toMatchObject({ originals: 10, database: expect.any(Number) })
  expect(body.days.at(-2)).toMatchObject({ space: { originals: 5, renditions: 6, database: 7 } })
  expect(body.days.at(-12).space).toBeNull()
  expect(body.forecast.daysLeft).toBeWithin(5, 11)
  expect((await m.api(m.boss, 'GET /admin')).body.diskFullInDays).toBeWithin(5, 11)
  const page = await (await m.request('/admin/statistics?days=90', { browser: m.boss })).text()
  for (const text of ['<svg', '<table', 'New people', 'at this pace', 'Resized copies']) expect(page).toContain(text)
  expect(page).not.toContain('style=')
  const metrics = await (await m.request('/metrics', { from: '127.0.0.1' })).text()
  expect(metrics).toMatch(/pinhole_disk_full_days \d/)
  expect(metrics).toContain('pinhole_space_bytes{kind="originals"} 10')
  expect(await m.api(m.boss, 'GET /admin/statistics?days=7')).toEqual(problem(422, 'invalid'))
  expect(await m.api(m.ann, 'GET /admin/statistics')).toEqual(problem(403, 'forbidden'))
})

test('counts of jobs add up during the day, and a day is that of the reader', async () => {
  using m = await market()
  for (let i = 0; i < 2; i++) {
    await m.app.write((tx) => enqueue(tx, 'upkeep.sweep', {}, m.app.now()))
    await m.runJobs()
  }
  await m.api(m.boss, 'PATCH /users/account', { timeZone: 'America/Los_Angeles' })
  const { days } = (await m.api(m.boss, 'GET /admin/statistics')).body
  const busy = days.filter(({ people }: Json) => people > 0)
  expect(busy).toMatchObject([{ day: '2025-12-31', people: 4 }])
})
