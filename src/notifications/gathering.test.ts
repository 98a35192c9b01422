import { expect, test } from 'bun:test'
import { type Json, type Somebody, testApp } from '../../test/harness'
import { notify, takeBack, takeBackAll, takeBackComment } from './model'
import type { News } from './notify'

const DAY_MS = 24 * 3600_000

async function withCrowd(size = 6) {
  const t = await testApp()
  const ann = await t.user('ann')
  const fans: Somebody[] = []
  for (let i = 1; i <= size; i++) fans.push(await t.user(`fan_${i}`))
  const liked = await t.post(ann)
  const tell = (news: Omit<News, 'at' | 'userId'>) =>
    t.app.write((tx) => notify(tx, { userId: ann.id, at: t.app.now(), ...news }))
  const told = async () => (await t.api(ann, 'GET /notifications')).body
  return {
    ...t,
    ann,
    fans,
    liked,
    tell,
    told,
    like: (fan: Somebody, postId: number = liked.id) => tell({ kind: 'like', actorId: fan.id, postId }),
    async read() {
      await t.api(ann, 'PUT /notifications/read', { upTo: t.app.now().toISOString() })
    },
    inShort: async () =>
      (await told()).items.map(({ count, read, actors }: Json) => [
        count,
        read,
        ...actors.map(({ handle }: Json) => handle),
      ]),
  }
}

test('a burst becomes one notification with a count and its newest people', async () => {
  using t = await withCrowd(7)
  for (const fan of t.fans) {
    t.pass(1000)
    await t.like(fan)
  }
  const { unread, items } = await t.told()
  expect([unread, items.length]).toEqual([1, 1])
  expect(items[0]).toMatchObject({
    kind: 'like',
    count: 7,
    at: t.app.now().toISOString(),
    url: `/posts/${t.liked.id}`,
    post: { id: t.liked.id },
  })
  expect(items[0].actors.map(({ handle }: Json) => handle)).toEqual(['fan_7', 'fan_6', 'fan_5', 'fan_4', 'fan_3'])
  expect(await (await t.request('/notifications', { browser: t.ann })).text()).toContain(
    'fan_7 and 6 others liked your post.',
  )
})

test('other posts and other kinds get their own notifications, and personal kinds are never grouped', async () => {
  using t = await withCrowd(2)
  const other = await t.post(t.ann)
  for (const [index, fan] of t.fans.entries()) {
    const commentId = index + 1
    await t.like(fan)
    await t.like(fan, other.id)
    await t.tell({ kind: 'comment', actorId: fan.id, postId: t.liked.id, commentId })
    await t.tell({ kind: 'mention', actorId: fan.id, postId: t.liked.id, commentId })
  }
  const told = (await t.told()).items.map(({ kind, count }: Json) => `${kind} ${count}`)
  expect(told.sort()).toEqual(['comment 2', 'like 2', 'like 2', 'mention 1', 'mention 1'])
})

test('parallel events are all counted, each once', async () => {
  using t = await withCrowd(60)
  await Promise.all(t.fans.flatMap((fan) => [t.like(fan), t.api(fan, 'PUT /follows/ann'), t.like(fan)]))
  const { unread, items } = await t.told()
  expect(unread).toBe(2)
  expect(items.map(({ kind, count }: Json) => `${kind} ${count}`).sort()).toEqual(['follow 60', 'like 60'])
  const half = t.fans.slice(0, 30)
  const undo = (actorId: number) =>
    t.app.write((tx) => takeBack(tx, { userId: t.ann.id, kind: 'like', actorId, postId: t.liked.id }))
  await Promise.all(half.flatMap((fan) => [undo(fan.id), t.api(fan, 'DELETE /follows/ann'), undo(fan.id)]))
  expect((await t.told()).items.map(({ count }: Json) => count)).toEqual([30, 30])
})

test('a read notification keeps grouping for a day; later events start a new one', async () => {
  using t = await withCrowd(4)
  await t.like(t.fans[0]!)
  await t.read()
  t.pass(DAY_MS - 1)
  await t.like(t.fans[1]!)
  expect(await t.inShort()).toEqual([[2, false, 'fan_2', 'fan_1']])
  t.pass(DAY_MS)
  await t.like(t.fans[2]!) // The notification is still unread.
  expect(await t.inShort()).toEqual([[3, false, 'fan_3', 'fan_2', 'fan_1']])
  await t.read()
  t.pass(1)
  await t.like(t.fans[3]!)
  expect(await t.inShort()).toEqual([
    [1, false, 'fan_4'],
    [3, true, 'fan_3', 'fan_2', 'fan_1'],
  ])
})

test('undoing removes a person from the notification, and the newest one left comes first', async () => {
  using t = await withCrowd(3)
  for (const fan of t.fans) {
    t.pass(1000)
    await t.like(fan)
  }
  const undo = ({ id }: Somebody) =>
    t.app.write((tx) => takeBack(tx, { userId: t.ann.id, kind: 'like', actorId: id, postId: t.liked.id }))
  await undo(t.fans[2]!)
  expect(await t.inShort()).toEqual([[2, false, 'fan_2', 'fan_1']])
  expect((await t.told()).items[0].at).toBe(new Date(+t.app.now() - 1000).toISOString())
  for (const fan of t.fans) await undo(fan)
  expect(await t.told()).toEqual({ items: [], nextCursor: null, unread: 0 })
})

test('a person who comments twice counts once, and stays until both comments are deleted', async () => {
  using t = await withCrowd(2)
  const [one, two] = t.fans as [Somebody, Somebody]
  const comment = async (fan: Somebody, commentId: number, kind: 'comment' | 'mention' = 'comment') => {
    t.pass(1000)
    await t.tell({ kind, actorId: fan.id, postId: t.liked.id, commentId })
  }
  for (const [fan, id] of [
    [one, 1],
    [one, 2],
    [two, 3],
  ] as const)
    await comment(fan, id)
  await comment(two, 3, 'mention')
  const takeOut = (id: number) => t.app.write((tx) => takeBackComment(tx, id))
  expect((await t.told()).items.map(({ count, url }: Json) => [count, url])).toEqual([
    [1, '/comments/3#comment-3'],
    [2, '/comments/3#comment-3'],
  ])
  await takeOut(3)
  expect((await t.told()).items.map(({ count, url }: Json) => [count, url])).toEqual([[1, '/comments/2#comment-2']])
  await takeOut(2)
  expect((await t.told()).items.map(({ count, url }: Json) => [count, url])).toEqual([[1, '/comments/1#comment-1']])
  await takeOut(1)
  expect((await t.told()).items).toEqual([])
})

test('the coins of a burst are added up', async () => {
  using t = await withCrowd(2)
  for (const actorId of [t.fans[0]!.id, t.fans[1]!.id, t.fans[0]!.id]) await t.tell({ kind: 'tip', actorId, coins: 5 })
  expect((await t.told()).items).toMatchObject([{ kind: 'tip', count: 2, coins: 15, url: '/coins' }])
})

test('people get no notifications about themselves or about people they block', async () => {
  using t = await withCrowd(2)
  await t.like(t.ann)
  expect((await t.told()).items).toEqual([])
  for (const fan of t.fans) await t.like(fan)
  await t.tell({ kind: 'mention', actorId: t.fans[0]!.id, postId: t.liked.id, commentId: 1 })
  await t.app.write((tx) => takeBackAll(tx, { userId: t.ann.id, actorId: t.fans[0]!.id }))
  expect(await t.inShort()).toEqual([[1, false, 'fan_2']])
})

test('people who delete their account are removed from grouped notifications', async () => {
  using t = await withCrowd(2)
  const left = await t.user('left', { password: 'a long password' })
  for (const fan of [...t.fans, left]) await t.like(fan)
  await t.api(left, 'DELETE /users/account', { password: 'a long password', immediately: true })
  expect((await t.inShort())[0].slice(2).sort()).toEqual(['fan_1', 'fan_2'])
  await t.runJobs()
  expect((await t.told()).items.map(({ count }: Json) => count)).toEqual([2])
})

test('new posts are announced at once and one by one, even during a burst', async () => {
  using t = await withCrowd(3)
  await t.api(t.ann, 'PUT /follows/fan_1')
  for (let i = 0; i < 3; i++) await t.post(t.fans[0]!)
  for (const fan of t.fans) await t.like(fan)
  await t.runJobs()
  expect((await t.told()).items.filter(({ kind }: Json) => kind === 'post').length).toBe(3)
})
