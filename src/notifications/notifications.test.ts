import { expect, test } from 'bun:test'
import { openEventStream } from '../../test/event-stream'
import { type Json, problem, testApp } from '../../test/harness'

async function withTwo() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  return { ...t, ann, bob, told: async (as: typeof ann) => (await t.api(as, 'GET /notifications')).body }
}

test('people are notified of new followers, and followers of new posts, newest first', async () => {
  using t = await withTwo()
  await t.api(t.bob, 'PUT /follows/ann')
  expect(await t.told(t.ann)).toMatchObject({
    unread: 1,
    items: [{ kind: 'follow', read: false, count: 1, actors: [{ handle: 'bob' }], url: '/users/bob' }],
  })
  const post = await t.post(t.ann, { caption: 'new' })
  await t.runJobs()
  // New posts are counted by the inbox, and not a second time here.
  expect((await t.api(t.bob, 'GET /inbox')).body.unread).toBe(1)
  expect(await t.told(t.bob)).toMatchObject({
    unread: 0,
    items: [
      {
        kind: 'post',
        at: post.publishedAt,
        actors: [{ handle: 'ann' }],
        post: { id: post.id, caption: 'new' },
        url: `/posts/${post.id}`,
      },
    ],
  })
  const page = await (await t.request('/notifications', { browser: t.bob })).text()
  expect(page).toContain(`/posts/${post.id}`)
})

test('the list has a heading for each day, also where a page of it ends within a day', async () => {
  using t = await withTwo()
  const [eve, dan] = [await t.user('eve'), await t.user('dan')]
  const follow = async (follower: typeof eve) => {
    await t.api(follower, 'PUT /follows/ann')
    await t.api(t.ann, 'PUT /notifications/read', { upTo: t.app.now().toISOString() })
    t.pass(60_000)
  }
  await follow(t.bob)
  t.pass(24 * 3600_000)
  await follow(eve)
  await follow(dan)
  const daysIn = async (query = '') => {
    const headers = { 'hx-request': 'true', 'accept-language': 'ko' }
    const page = await (await t.request(`/notifications${query}`, { browser: t.ann, headers })).text()
    return [...page.matchAll(/class="day"><time[^>]*>([^<]*)/g)].map(([, day]) => day)
  }
  expect(await daysIn()).toEqual(['오늘', '어제'])
  const { nextCursor } = (await t.api(t.ann, 'GET /notifications?limit=1')).body
  expect(await daysIn(`?cursor=${nextCursor}`)).toEqual(['어제']) // the page before ended with today
  t.pass(2 * 24 * 3600_000)
  expect(await daysIn()).toEqual(['1월 2일 금요일', '1월 1일 목요일'])
})

test('people who turned post notifications off get none, but still find the posts in their inbox', async () => {
  using t = await withTwo()
  await t.api(t.bob, 'PUT /follows/ann', { notify: false })
  await t.post(t.ann)
  await t.runJobs()
  expect([(await t.told(t.bob)).items, (await t.api(t.bob, 'GET /inbox')).body.items.length]).toEqual([[], 1])
  await t.api(t.bob, 'PUT /follows/ann', { notify: true })
  await t.api(t.bob, 'PUT /follows/ann') // Following again keeps the setting.
  await t.post(t.ann)
  await t.runJobs()
  expect((await t.told(t.bob)).items.length).toBe(1)
})

test('notifications of deleted or hidden posts and of deleted accounts disappear', async () => {
  using t = await withTwo()
  const cat = await t.user('cat', { password: 'a long password' })
  for (const handle of ['ann', 'cat']) await t.api(t.bob, `PUT /follows/${handle}`)
  const [gone, hidden] = [await t.post(t.ann), await t.post(t.ann)]
  await t.post(cat)
  await t.api(cat, 'PUT /follows/bob')
  await t.runJobs()
  expect((await t.told(t.bob)).unread).toBe(1)
  await t.api(t.ann, `DELETE /posts/${gone.id}`)
  await t.api(t.bob, 'DELETE /follows/ann')
  await t.api(t.ann, `PATCH /posts/${hidden.id}`, { visibility: 'followers' })
  expect((await t.api(cat, 'DELETE /users/account', { password: 'a long password', immediately: true })).status).toBe(
    204,
  )
  expect(await t.told(t.bob)).toEqual({ items: [], nextCursor: null, unread: 0 })
})

test('open pages are told that notifications about a suspended person disappear, and come back', async () => {
  using t = await withTwo()
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(t.ann, 'PUT /follows/bob')
  const page = await openEventStream(t, t.bob)
  await page.ready()
  await t.api(boss, 'PUT /admin/users/ann/suspension', { reason: 'Spam' })
  expect((await page.newest('notification', ({ unread }) => unread === 0)).data).toMatchObject({ unread: 0 })
  page.received.length = 0
  await t.api(boss, 'DELETE /admin/users/ann/suspension')
  expect((await page.newest('notification', ({ unread }) => unread === 1)).data).toMatchObject({ unread: 1 })
  await page.leave()
})

test('everything up to a time is marked as read', async () => {
  using t = await withTwo()
  await t.api(t.bob, 'PUT /follows/ann')
  const times: string[] = []
  for (let i = 0; i < 3; i++) {
    t.pass(1000)
    times.push((await t.post(t.ann)).publishedAt)
    await t.runJobs()
  }
  expect((await t.api(t.bob, 'PUT /notifications/read', { upTo: times[1] })).status).toBe(204)
  const { items, unread } = await t.told(t.bob)
  expect([unread, items.map(({ read }: Json) => read)]).toEqual([0, [false, true, true]])
  expect((await t.api(t.bob, 'PUT /notifications/read', { upTo: 'now' })).status).toBe(422)
  expect((await t.told(t.ann)).unread).toBe(1) // Other people's notifications stay unread.
  expect(await t.api(null, 'GET /notifications')).toEqual(problem(401, 'unauthenticated'))
})
