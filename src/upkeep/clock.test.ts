import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { until } from '../../test/until'
import { inbox, readMarks } from '../inbox/table'
import { enqueue, failJob } from '../jobs/queue'
import { schedule } from '../jobs/schedule'
import { jobs } from '../jobs/table'
import { mailings } from '../mailings/table'
import { pushes, pushOrigins } from '../push/table'
import { SESSION_MS } from '../sessions/model'
import { sessions } from '../sessions/table'
import { correctTimes, watchClock } from './clock'

const DAY_MS = 24 * 3600_000
const AHEAD_MS = 400 * DAY_MS
/** So short that sessions do not expire. */
const SESSION_AHEAD_MS = 20 * DAY_MS

test('jobs and the clean-up that were postponed while the clock was ahead run at the next start', async () => {
  using t = await testApp()
  const { app } = t
  t.pass(AHEAD_MS)
  await app.write(async (tx) => {
    await enqueue(tx, 'files.convert', { fileId: 1 }, app.now(), 1)
    await schedule(tx, 'upkeep.sweep', new Date(+app.now() + 3600_000))
  })
  t.pass(-AHEAD_MS)
  await correctTimes(app)
  const due = await app.db.select({ kind: jobs.kind, dueAt: jobs.dueAt }).from(jobs).orderBy(jobs.id)
  expect(due).toEqual(['files.convert', 'upkeep.sweep'].map((kind) => ({ kind, dueAt: app.now() }) as (typeof due)[0]))
})

test('a recurring job that is due a year from now is made due at once instead of counting as already scheduled', async () => {
  using t = await testApp()
  const { app } = t
  await app.write((tx) => schedule(tx, 'upkeep.sweep', new Date(+app.now() + AHEAD_MS)))
  await app.write((tx) => schedule(tx, 'upkeep.sweep', app.now()))
  expect(await app.db.select({ dueAt: jobs.dueAt }).from(jobs)).toEqual([{ dueAt: app.now() }])
})

test('jobs that wait as long as their kind may wait are left alone, and so are running ones', async () => {
  using t = await testApp()
  const { app } = t
  const at = (hours: number) => new Date(+app.now() + hours * 3600_000)
  await app.write(async (tx) => {
    await enqueue(tx, 'files.process', { fileId: 1 }, at(1))
    await enqueue(tx, 'checkouts.ask', { checkoutId: 1, asked: 9 }, at(6))
    await enqueue(tx, 'push.send', { originId: 1 }, at(24))
    await enqueue(tx, 'posts.forget', { postId: 1 }, at(9000))
    await tx.update(jobs).set({ leased: true, attempts: 1 }).where(eq(jobs.kind, 'posts.forget'))
  })
  const all = () => app.db.select().from(jobs).orderBy(jobs.id)
  const before = await all()
  await correctTimes(app)
  expect(await all()).toEqual(before)
  // The job fails only after the clock went back, and may then wait for an hour.
  const running = before.find(({ leased }) => leased)!
  await app.write((tx) => failJob(tx, { ...running, attempts: 1 }, 'no luck', app.now()))
  await correctTimes(app)
  const [failed] = await app.db.select().from(jobs).where(eq(jobs.id, running.id))
  expect(+failed!.dueAt).toBeLessThanOrEqual(+at(1))
})

test('after a correction, posts from the future do not stay on top, and follows and read marks leave new posts unread', async () => {
  using t = await testApp()
  const { app } = t
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  await t.runJobs()
  t.pass(SESSION_AHEAD_MS)
  const [future, later] = [await t.post(ann), await t.post(ann)]
  t.pass(1000)
  const cat = await t.user('cat')
  await t.api(cat, 'PUT /follows/ann')
  await t.runJobs()
  await app.write((tx) => tx.insert(readMarks).values({ userId: cat.id, readTo: app.now() }))
  t.pass(-SESSION_AHEAD_MS - 1000)
  await correctTimes(app)
  const corrected = app.now()
  t.pass(60_000)
  const fresh = await t.post(ann)
  await t.runJobs()
  for (const call of ['GET /posts', 'GET /inbox']) {
    const { items } = (await t.api(bob, call)).body
    expect(items.map(({ id }: { id: number }) => id)).toEqual([fresh.id, later.id, future.id])
  }
  expect((await t.api(cat, 'GET /inbox')).body.unread).toBe(1)
  expect(await app.db.select().from(readMarks)).toEqual([{ userId: cat.id, readTo: corrected }])
  expect(await app.db.select({ at: inbox.at }).from(inbox).where(eq(inbox.postId, future.id))).toEqual([
    { at: corrected },
    { at: corrected },
  ])
})

test('pushes, services, sessions and mailings from the future count from now, and others stay as they are', async () => {
  using t = await testApp()
  const { app } = t
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const now = app.now()
  const [soon, far] = [new Date(+now + DAY_MS), new Date(+now + AHEAD_MS)]
  const nextWeek = new Date(+now + 7 * DAY_MS)
  await app.write(async (tx) => {
    await tx.insert(pushOrigins).values({ origin: 'https://push.invalid', resumeAt: far })
    await tx.insert(mailings).values([
      { userId: ann.id, digest: 'weekly', digestAt: far, digestFrom: far, noticesUpto: far, noticesSentAt: far },
      { userId: bob.id, digest: 'weekly', digestAt: nextWeek, digestFrom: now },
    ])
    await tx.update(sessions).set({ lastSeenAt: far, expiresAt: far }).where(eq(sessions.userId, ann.id))
  })
  using other = t.openDatabase()
  other.run('pragma foreign_keys = off') // the subscription does not exist
  for (const due of [far, soon])
    other.run(
      `insert into pushes (subscription_id, origin_id, kind, created_at, due_at, attempts) values (1, 1, 'test', 0, ?, 0)`,
      [+due],
    )
  const untouched = await app.db.select().from(sessions).where(eq(sessions.userId, bob.id))
  await correctTimes(app)
  expect(await app.db.select({ dueAt: pushes.dueAt }).from(pushes).orderBy(pushes.id)).toEqual([
    { dueAt: now },
    { dueAt: soon },
  ])
  expect(await app.db.select().from(pushOrigins)).toMatchObject([{ resumeAt: null }])
  expect(await app.db.select().from(mailings).orderBy(mailings.userId)).toMatchObject([
    { digestAt: now, digestFrom: now, noticesUpto: now, noticesSentAt: now },
    { digestAt: nextWeek, digestFrom: now, noticesUpto: null, noticesSentAt: null },
  ])
  expect(await app.db.select().from(sessions).orderBy(sessions.id)).toMatchObject([
    { userId: ann.id, lastSeenAt: now, expiresAt: new Date(+now + SESSION_MS) },
    ...untouched,
  ])
})

test('times are corrected when the clock goes back while the server is running', async () => {
  using t = await testApp()
  const { app } = t
  t.pass(AHEAD_MS)
  const stop = await watchClock(app, 5)
  await app.write((tx) => enqueue(tx, 'files.process', { fileId: 1 }, app.now(), 1))
  await Bun.sleep(20)
  t.pass(-AHEAD_MS)
  const isDue = async () => +(await app.db.select().from(jobs))[0]!.dueAt === +app.now()
  await until('the job is due now', isDue)
  stop()
})
