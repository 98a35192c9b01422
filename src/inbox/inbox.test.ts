import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { type Json, problem, testApp } from '../../test/harness'
import type { Job } from '../jobs/kinds'
import { jobs } from '../jobs/table'
import { notifications } from '../notifications/table'
import { BACKFILL, deliver } from './jobs'
import { inbox } from './table'

const never = new AbortController().signal

async function withTwo() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const box = async (query = '') => (await t.api(bob, `GET /inbox${query}`)).body
  /** Creates posts one second apart. */
  const publish = async (draft: Record<string, unknown> = {}) => {
    t.pass(1000)
    const post = await t.post(ann, draft)
    await t.runJobs()
    return post
  }
  return { ...t, ann, bob, box, publish }
}

test('a post reaches every follower once, and an interrupted delivery continues where it stopped', async () => {
  using t = await testApp()
  const star = await t.user('star')
  t.addFollowers(star.id, 1203)
  await t.post(star)
  let chunks = 0
  const write: typeof t.app.write = (fn) => (chunks++ < 2 ? t.app.write(fn) : Promise.reject(new Error('killed')))
  const waiting = async () =>
    (await t.app.db.select().from(jobs).where(eq(jobs.kind, 'inbox.deliver')))[0] as Job<'inbox.deliver'>
  const traffic = {
    get askedAt() {
      return performance.now() // pretends that there is always a request, so the steps stay small
    },
  }
  await expect(deliver.run({ ...t.app, write, traffic }, await waiting(), never)).rejects.toThrow('killed')
  expect([await t.app.db.$count(inbox), (await waiting()).payload.after]).toEqual([1000, star.id + 1000])
  await t.runJobs()
  const told = await t.app.db.$count(notifications, eq(notifications.kind, 'post'))
  expect([
    await t.app.db.$count(inbox),
    await t.app.db.$count(inbox, eq(inbox.read, false)),
    told,
    await t.app.db.$count(jobs),
  ]).toEqual([1203, 1203, 1203, 0])
})

test('delivering a post twice adds nothing', async () => {
  using t = await testApp()
  const star = await t.user('star')
  t.addFollowers(star.id, 20)
  const { id } = await t.post(star)
  await t.runJobs()
  await deliver.run(t.app, { id: 0, kind: 'inbox.deliver', payload: { postId: id, after: 0 }, attempts: 1 }, never)
  expect([await t.app.db.$count(inbox), await t.app.db.$count(notifications)]).toEqual([20, 20])
})

test('following adds the latest posts as read, later posts are unread, and unfollowing removes them all', async () => {
  using t = await withTwo()
  await t.publish({ caption: 'before' })
  await t.publish({ caption: 'for followers', visibility: 'followers' })
  t.pass(1000)
  const follow = async (method: string) => (await t.api(t.bob, `${method} /follows/ANN`)).status
  expect([await follow('PUT'), await follow('PUT')]).toEqual([201, 200])
  await t.runJobs()
  await t.publish({ caption: 'after' })
  const { items, unread } = await t.box()
  expect([items.map(({ caption, read }: Json) => [caption, read]), unread]).toEqual([
    [
      ['after', false],
      ['for followers', true],
      ['before', true],
    ],
    1,
  ])
  const link = items[1].files[0].renditions.feed.url
  expect([await follow('DELETE'), await follow('DELETE')]).toEqual([204, 204])
  expect(await t.box()).toMatchObject({ items: [], unread: 0, nextCursor: null }) // at once, before the job has run
  // links end because the author has followers-only posts
  expect((await t.request(link, { as: t.bob })).status).toBe(410)
  await t.runJobs()
  expect(await t.app.db.$count(inbox)).toBe(0)
})

test('a post is unread for earlier followers and read for later ones, however late the jobs run', async () => {
  using t = await withTwo()
  await t.post(t.ann, { caption: 'before' })
  t.pass(1000)
  await t.api(t.bob, 'PUT /follows/ann')
  t.pass(1000)
  await t.post(t.ann, { caption: 'after' })
  await t.runJobs()
  const { items, unread } = await t.box()
  expect([items.map(({ caption, read }: Json) => [caption, read]), unread]).toEqual([
    [
      ['after', false],
      ['before', true],
    ],
    1,
  ])
})

test('people do not get their own posts, and a visitor has no inbox', async () => {
  using t = await withTwo()
  await t.publish()
  expect((await t.api(t.ann, 'GET /inbox')).body).toEqual({ items: [], nextCursor: null, unread: 0 })
  expect([
    await t.api(null, 'GET /inbox'),
    await t.api(null, 'PUT /inbox/read', { upTo: '2026-01-01T00:00:00Z' }),
  ]).toEqual([problem(401, 'unauthenticated'), problem(401, 'unauthenticated')])
})

test('single posts are marked as read, and those of other people stay as they are', async () => {
  using t = await withTwo()
  const cat = await t.user('cat')
  for (const each of [t.bob, cat]) await t.api(each, 'PUT /follows/ann')
  const posts = [await t.publish(), await t.publish(), await t.publish()]
  const mark = async (body: object) => (await t.api(t.bob, 'PUT /inbox/read', body)).status
  expect([await mark({ postIds: [posts[1].id, 999] }), (await t.box()).unread]).toEqual([204, 2])
  expect((await t.box()).items.map(({ read }: Json) => read)).toEqual([false, true, false])
  expect((await t.api(cat, 'GET /inbox')).body.unread).toBe(3)
  expect([await mark({}), await mark({ postIds: ['x'] })]).toEqual([422, 422])
})

test('posts up to a given time are marked as read, and later posts are not', async () => {
  using t = await withTwo()
  await t.api(t.bob, 'PUT /follows/ann')
  const posts = [await t.publish(), await t.publish(), await t.publish()]
  const mark = async (upTo: unknown) => (await t.api(t.bob, 'PUT /inbox/read', { upTo })).status
  const unread = async () => (await t.box()).unread
  expect([
    await unread(),
    await mark(posts[1].publishedAt),
    await unread(),
    await mark(posts[0].publishedAt),
    await unread(),
  ]).toEqual([3, 204, 1, 204, 1])
  expect((await t.box()).items.map(({ read }: Json) => read)).toEqual([false, true, true])
  for (const wrong of ['yesterday', 5, undefined, '2026-13-01T00:00:00Z']) expect(await mark(wrong)).toBe(422)
  const form = { upTo: posts[2].publishedAt }
  expect(
    (await t.request('/inbox/read?_method=PUT', { method: 'POST', browser: t.bob, form })).headers.get('location'),
  ).toBe('/inbox')
  expect(await unread()).toBe(0)
})

test('the page separates new posts from earlier ones and shows their number', async () => {
  using t = await withTwo()
  await t.api(t.bob, 'PUT /follows/ann')
  await t.publish({ caption: 'the only one' })
  const page = await (await t.request('/inbox', { browser: t.bob })).text()
  expect(page).toContain('the only one')
  const fragment = await t.request('/inbox', { browser: t.bob, headers: { 'hx-request': 'true' } })
  expect((await fragment.text()).includes('<html')).toBe(false)
})

test('following adds the newest 500 posts', async () => {
  using t = await withTwo()
  using other = t.openDatabase()
  const many = BACKFILL + 20
  other.run(`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${many})
    insert into posts (author_id, caption, visibility, created_at, published_at)
    select ${t.ann.id}, i, 'everyone', i, i from n`)
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  expect([await t.app.db.$count(inbox), await t.app.db.$count(inbox, eq(inbox.read, false))]).toEqual([BACKFILL, 0])
  expect((await t.box('?limit=1')).items[0].caption).toBe(String(many))
})
