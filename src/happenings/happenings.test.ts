import { expect, test } from 'bun:test'
import { openEventStream } from '../../test/event-stream'
import { type Somebody, type TestApp, testApp } from '../../test/harness'

async function withBot() {
  const t = await testApp()
  const [ann, bob, eve] = [await t.user('ann'), await t.user('bob'), await t.user('eve')]
  return Object.assign(t, { ann, bob, eve, post: t.post })
}

const told = ({ received }: Awaited<ReturnType<typeof openEventStream>>) =>
  received.flatMap(({ event, data }) => (event === 'notification' && data.id ? [[data.kind, data.actor]] : []))

/** An event id of a server process that has ended, after which the client reconnects to this one. */
const beforeRestart = (id: string) => id.replace(/^[^-]+/, 'ended')

test('each thing that happened is an event with its kind and ids, also those that are one notification', async () => {
  using t = await withBot()
  const post = await t.post(t.ann)
  const stream = await openEventStream(t, t.ann)
  await stream.ready()
  await t.api(t.bob, `PUT /posts/${post.id}/like`)
  await t.api(t.eve, `PUT /posts/${post.id}/like`)
  const { body: comment } = await t.api(t.bob, `POST /posts/${post.id}/comments`, { text: 'How green!' })
  const last = await stream.newest('notification', ({ kind }) => kind === 'comment')
  expect(last.data).toEqual({
    unread: 2,
    id: expect.any(Number),
    kind: 'comment',
    at: t.app.now().toISOString(),
    actorId: t.bob.id,
    actor: 'bob',
    postId: post.id,
    commentId: comment.id,
    coins: null,
  })
  expect(told(stream)).toEqual([
    ['like', 'bob'],
    ['like', 'eve'],
    ['comment', 'bob'],
  ])
})

test('a bot that was away, even while the server restarted, hears of everything once', async () => {
  using t = await withBot()
  const post = await t.post(t.ann)
  const first = await openEventStream(t, t.ann)
  await first.ready()
  await t.api(t.bob, 'PUT /follows/ann')
  const { id } = await first.newest('notification', ({ kind }) => kind === 'follow')
  await first.leave()
  await t.api(t.eve, `PUT /posts/${post.id}/like`)
  await t.api(t.bob, `POST /posts/${post.id}/comments`, { text: 'How green!' })
  for (const from of [id, beforeRestart(id)]) {
    const again = await openEventStream(t, t.ann, { id: from })
    const end = await again.newest('notification', ({ kind }) => kind === 'comment')
    expect([from, told(again)]).toEqual([
      from,
      [
        ['like', 'eve'],
        ['comment', 'bob'],
      ],
    ])
    await again.leave()
    const third = await openEventStream(t, t.ann, { id: beforeRestart(end.id) })
    await third.newest('posts', ({ all }) => all)
    expect(told(third)).toEqual([])
    await third.leave()
  }
})

test('nobody hears of a post that they may not see any more, nor of people whom they block', async () => {
  using t = await withBot()
  const { body: comment } = await t.api(t.bob, `POST /posts/${(await t.post(t.ann)).id}/comments`, { text: 'Hi @eve' })
  expect(comment.id).toBeNumber()
  await t.api(t.bob, 'PUT /follows/ann')
  await t.api(t.eve, 'PUT /follows/ann')
  await t.api(t.ann, 'PUT /blocks/bob')
  const hears = async (who: Somebody) => {
    const stream = await openEventStream(t, who, { id: 'ended-1-0' })
    await stream.newest('posts', ({ all }) => all)
    await t.api(t.ann, 'PUT /follows/eve')
    await Bun.sleep(60)
    return told(stream)
  }
  expect(await hears(t.ann)).toEqual([['follow', 'eve']])
})

test('followers learn which post is new, and what happened is forgotten after a week', async () => {
  using t = await withBot()
  await t.api(t.bob, 'PUT /follows/ann')
  const stream = await openEventStream(t, t.bob)
  await stream.ready()
  const post = await t.post(t.ann)
  await t.runJobs()
  // the follow itself adds to the inbox as well, and is an event that names no post
  const heard = await stream.newest('inbox', ({ kind }) => kind === 'post')
  expect(heard.data).toEqual({ unread: 1, kind: 'post', postId: post.id, actorId: t.ann.id })
  const { data } = await stream.newest('notification', ({ kind }) => kind === 'post')
  expect(data).toEqual({ unread: 0, kind: 'post', postId: post.id, actorId: t.ann.id })
  expect(rows(t)).toBe(1)
  t.pass(8 * 24 * 3600_000)
  await t.runJobs()
  const { forgetHappenings } = await import('./model')
  await t.app.write((tx) => forgetHappenings(tx, t.app.now()))
  expect(rows(t)).toBe(0)
})

function rows(t: TestApp): number {
  using db = t.openDatabase()
  return db.query<{ n: number }, []>('select count(*) as n from happenings').get()!.n
}
