import { expect, test } from 'bun:test'
import type { Somebody } from '../../test/harness'
import { type PushApp, pushAppForEachTest } from '../../test/push-app'

let t: PushApp
let ann: PushApp['ann']
let bob: PushApp['bob']

pushAppForEachTest((app) => {
  t = app
  ;({ ann, bob } = app)
})

test('a new post is pushed to a device, encrypted and signed, with topic, urgency and time to live', async () => {
  await t.follow(bob, ann)
  const { device, id } = await t.subscribe(bob)
  const post = await t.post(ann, { caption: 'A boat\non the lake' })
  await t.runJobs()
  expect(device.got).toEqual([
    {
      topic: expect.stringMatching(/^[\w-]{32}$/),
      ttl: 86400,
      urgency: 'normal',
      bytes: expect.any(Number),
      payload: {
        kind: 'post',
        title: 'ann posted something new.',
        body: 'A boat on the lake',
        url: `/posts/${post.id}`,
        tag: `post-${post.id}`,
      },
    },
  ])
  expect(await t.logOf(bob, id)).toMatchObject([{ kind: 'post', outcome: 'sent', status: 201, attempts: 0 }])
  expect(await t.devicesOf(bob)).toMatchObject([{ id, lastSuccessAt: t.app.now().toISOString(), lastFailure: null }])
  await t.runJobs()
  expect(device.got).toHaveLength(1)
})

test('every device of every follower gets one push in its language, unless the person opted out', async () => {
  await t.follow(bob, ann)
  const [eve, kim, may] = [await t.user('eve'), await t.user('kim'), await t.user('may')]
  for (const each of [eve, kim, may]) await t.follow(each, ann)
  await t.api(kim, 'PATCH /users/account', { locale: 'ko' })
  await t.api(eve, 'PUT /follows/ann', { notify: false })
  const devices = await Promise.all([bob, bob, kim, eve, may].map((each) => t.subscribe(each)))
  await t.api(may, 'PATCH /notifications/settings', { choices: { post: { push: false } } })
  await t.post(ann)
  await t.runJobs()
  expect(devices.map(({ device }) => device.got.length)).toEqual([1, 1, 1, 0, 0])
  expect(devices[2]!.device.got[0]!.payload.title).toBe('ann 님이 새 게시물을 올렸어요.')
  expect(new Set(devices.flatMap(({ device }) => device.got.map(({ topic }) => topic))).size).toBe(3)
})

test('out-of-date pushes are dropped: read, deleted, unfollowed, blocked, muted, of no interest or no longer visible', async () => {
  const names = ['reader', 'leaver', 'blocker', 'muter', 'bored', 'stayer']
  const readers = await Promise.all(names.map((name) => t.user(name)))
  const [reader, leaver, blocker, muter, bored] = readers as [Somebody, Somebody, Somebody, Somebody, Somebody]
  for (const each of readers) await t.follow(each, ann)
  const devices = await Promise.all(readers.map((each) => t.subscribe(each)))
  const post = await t.post(ann)
  await t.deliverOnly()
  await t.api(bored, `PUT /muted-posts/${post.id}`)
  await t.api(reader, 'PUT /inbox/read', { upTo: t.app.now().toISOString() })
  await t.api(leaver, 'DELETE /follows/ann')
  using other = t.openDatabase()
  other.run('insert into blocks (blocker_id, blocked_id, created_at) values (?, ?, 0)', [blocker.id, ann.id])
  other.run('insert into mutes (muter_id, muted_id, created_at) values (?, ?, 0)', [muter.id, ann.id])
  await t.runJobs()
  expect(devices.map(({ device }) => device.got.length)).toEqual([0, 0, 0, 0, 0, 1])
  expect(await t.logOf(reader, devices[0]!.id)).toMatchObject([{ outcome: 'dropped' }])
  const gone = await t.post(ann)
  await t.deliverOnly()
  await t.api(ann, `DELETE /posts/${gone.id}`)
  await t.runJobs()
  expect(devices[5]!.device.got).toHaveLength(1)
})

test('pushes show no picture of a locked post and no text of a sensitive one', async () => {
  await t.follow(bob, ann)
  const { device } = await t.subscribe(bob)
  await t.post(ann, { caption: 'for a price', price: 30 })
  t.pass(1)
  await t.post(ann, { caption: 'not for everybody', sensitive: true })
  await t.runJobs()
  expect(JSON.stringify(device.got)).not.toMatch(/media|not for everybody/)
  expect(device.got.map(({ payload }) => payload.body).sort()).toEqual(['', 'for a price'])
  expect(Math.max(...device.got.map(({ bytes }) => bytes))).toBeLessThan(700)
})

test('notifications are pushed by kind, bursts replace their push, read or withdrawn ones are not sent', async () => {
  const [eve, kim] = [await t.user('eve'), await t.user('kim')]
  await t.api(bob, 'PATCH /notifications/settings', { choices: { follow: { push: true } } })
  const { device } = await t.subscribe(bob)
  await t.follow(eve, bob)
  expect(device.got.map(({ payload }) => payload)).toEqual([
    {
      kind: 'follow',
      title: 'eve started following you.',
      body: '',
      url: '/users/eve',
      tag: expect.stringMatching(/^notice-\d+$/),
    },
  ])
  await t.follow(kim, bob)
  expect(device.got).toHaveLength(1) // Two pushes of a burst are some time apart.
  t.pass(61_000)
  await t.runJobs()
  expect(device.got.map(({ payload }) => payload.title)).toEqual([
    'eve started following you.',
    'kim and one other started following you.',
  ])
  expect(new Set(device.got.map(({ topic }) => topic)).size).toBe(1)
  expect(device.waiting.size).toBe(1)
  await t.api(bob, 'PATCH /notifications/settings', { choices: { follow: { page: false } } })
  await t.user('max').then((max) => t.follow(max, bob))
  expect(device.got.at(-1)!.payload.title).toBe('max started following you.')
})

test('pushes wait for the end of quiet hours; tests do not', async () => {
  await t.follow(bob, ann)
  const { device } = await t.subscribe(bob)
  await t.api(bob, 'PATCH /notifications/settings', {
    quietHours: { on: true, from: '23:00', until: '07:00', timeZone: 'UTC' },
  })
  await t.post(ann)
  await t.runJobs()
  await t.api(bob, 'POST /push/test', {})
  await t.runJobs()
  expect(device.got.map(({ payload }) => payload.kind)).toEqual(['test'])
  t.pass(6.9 * 3600_000)
  await t.runJobs()
  expect(device.got).toHaveLength(1)
  t.pass(0.2 * 3600_000)
  await t.runJobs()
  expect(device.got.map(({ payload }) => payload.kind)).toEqual(['test', 'post'])
})
