import { expect, test } from 'bun:test'
import { openEventStream } from '../../test/event-stream'
import { problem, type Somebody } from '../../test/harness'
import { market } from '../../test/market'
import { touch } from '../db/tell'
import { setProgress } from '../files/processed'
import { notify } from '../notifications/model'

const settle = () => Bun.sleep(120)
const like = (t: Awaited<ReturnType<typeof market>>, userId: number, actorId: number) =>
  t.app.write((tx) => notify(tx, { userId, kind: 'follow', actorId, at: t.app.now() }))

test('each of the five kinds of event reaches the people it concerns, and nobody else', async () => {
  using t = await market()
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  const [ann, bob, eve] = [
    await openEventStream(t, t.ann),
    await openEventStream(t, t.bob),
    await openEventStream(t, t.eve),
  ]
  expect(ann.type).toBe('text/event-stream')
  await t.grant(t.bob, 100)
  expect((await bob.newest('coins')).data).toEqual({ balance: 100 })
  const post = await t.post(t.ann, { price: 30 })
  expect((await eve.newest('posts')).data).toEqual({})
  await t.runJobs()
  expect((await bob.newest('inbox')).data).toMatchObject({ unread: 1 })
  expect((await bob.newest('notification')).data).toMatchObject({ unread: 0 }) // the inbox counts new posts
  await t.buy(t.bob, post)
  expect((await bob.newest('posts', ({ id }) => id)).data).toEqual({ id: post.id })
  expect((await bob.newest('coins', ({ balance }) => balance < 100)).data).toEqual({ balance: 70 })
  expect((await ann.newest('coins')).data).toEqual({ balance: 30 })
  expect((await ann.newest('notification', ({ unread }) => unread === 2)).data).toMatchObject({ unread: 2 })
  await settle()
  expect(eve.received.map(({ event }) => event)).toEqual(['posts'])
})

test('the owner of a file receives its progress', async () => {
  using t = await market()
  const ann = await openEventStream(t, t.ann)
  const id = await t.photo(t.ann)
  expect((await ann.newest('file')).data).toEqual({ id, postId: null, status: 'ready', progress: 1 })
})

test('a rolled back transaction sends no events', async () => {
  using t = await market()
  const ann = await openEventStream(t, t.ann)
  const undone = t.app.write(async (tx) => {
    await notify(tx, { userId: t.ann.id, kind: 'follow', actorId: t.bob.id, at: t.app.now() })
    throw new Error('no')
  })
  expect(await undone.catch(String)).toBe('Error: no')
  await like(t, t.ann.id, t.eve.id)
  expect((await ann.newest('notification')).data).toMatchObject({ unread: 1, kind: 'follow', actor: 'eve' })
  expect(ann.received.length).toBe(1)
})

test('a burst is merged into a few events, and the last one carries the final state', async () => {
  using t = await market()
  const ann = await openEventStream(t, t.ann)
  await ann.ready()
  await Promise.all(
    Array.from({ length: 50 }, () =>
      t.app.write(async (tx) => {
        touch(tx, t.ann.id, 'coins')
        touch(tx, t.ann.id, 'notification')
      }),
    ),
  )
  await ann.newest('notification')
  await settle()
  expect(ann.received.length).toBeLessThan(10)
})

for (const isPrivate of [false, true])
  test(`posts ${isPrivate ? 'of private accounts' : 'for followers'} send events to followers only`, async () => {
    using t = await market()
    await t.api(t.bob, 'PUT /follows/ann')
    if (isPrivate) await t.api(t.ann, 'PATCH /users/account', { private: true })
    await t.runJobs()
    const [bob, eve] = [await openEventStream(t, t.bob), await openEventStream(t, t.eve)]
    await t.post(t.ann, { visibility: isPrivate ? 'everyone' : 'followers' })
    await t.runJobs()
    await bob.newest('posts')
    await settle()
    expect(eve.received).toEqual([])
  })

test('a client that is cut off at any point loses no event', async () => {
  using t = await market()
  const states = { ann: 0, files: new Map<number, number>() }
  const photos = [await t.photo(t.ann), await t.photo(t.ann)]
  using other = t.openDatabase()
  other.run(`update files set status = 'processing', progress = 0 where id in (${photos})`)
  await settle()
  let ear = await openEventStream(t, t.ann)
  await ear.ready()
  let id = ear.lastId()
  const known = new Map<number, number>()
  for (let round = 0; round < 25; round++) {
    const happens = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, async () => {
      const [file] = [photos[Math.floor(Math.random() * photos.length)]!]
      const progress = (states.files.get(file) ?? 0) + 0.01
      states.files.set(file, progress)
      states.ann++
      await t.app.write((tx) => setProgress(tx, file, progress))
      await t.app.write((tx) => notify(tx, { userId: t.ann.id, kind: 'staff', at: t.app.now() }))
    })
    if (Math.random() < 0.5) await ear.leave() // the client leaves before the event
    await Promise.all(happens)
    if (Math.random() < 0.5) await Bun.sleep(Math.random() * 90)
    await ear.leave()
    // what came through counts up to a cut at random: the rest never arrived
    const heard = ear.received.slice(0, Math.floor(Math.random() * (ear.received.length + 1)))
    for (const { event, data } of heard) if (event === 'file') known.set(data.id, data.progress)
    id = heard.at(-1)?.id || id
    ear = await openEventStream(t, t.ann, { id })
  }
  // The client may have heard everything before the last cut, so there is one event more to wait for.
  states.ann++
  await t.app.write((tx) => notify(tx, { userId: t.ann.id, kind: 'staff', at: t.app.now() }))
  expect((await ear.newest('notification', ({ unread }) => unread === states.ann)).data).toMatchObject({
    unread: states.ann,
  })
  await settle()
  for (const { event, data } of ear.received) if (event === 'file' && data.id) known.set(data.id, data.progress)
  expect([...known].sort()).toEqual([...states.files].sort())
  expect(ear.received.some(({ data }) => data.all)).toBe(false)
})

test('event ids rise, and no event is received twice', async () => {
  using t = await market()
  const first = await openEventStream(t, t.ann)
  for (const actor of [t.bob, t.eve]) {
    await like(t, t.ann.id, actor.id)
    await settle()
  }
  await first.leave()
  const numbers = first.received.map(({ id }) => Number(id.split('-')[1]))
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  const second = await openEventStream(t, t.ann, { id: first.lastId() })
  await like(t, t.ann.id, t.boss.id)
  await second.newest('notification')
  expect(second.received.length).toBe(1)
  const third = await openEventStream(t, t.ann, { id: first.received[0]!.id })
  expect((await third.newest('notification')).data).toEqual({ unread: 1 })
})

test('a page carries its log position, so that changes before it connects are not lost', async () => {
  using t = await market()
  const page = await (await t.request('/', { browser: t.bob })).text()
  const after = /data-events="([^"]+)"/.exec(page)![1]!
  await t.grant(t.bob, 5)
  await settle()
  const bob = await openEventStream(t, t.bob, { after })
  expect((await bob.newest('coins')).data).toEqual({ balance: 5 })
  expect((await (await t.request('/sessions/new')).text()).includes('data-events')).toBe(false)
})

test('a restart, an invalid position or a change by another process causes a full refresh', async () => {
  using t = await market()
  const first = await openEventStream(t, t.ann)
  await first.ready()
  await t.grant(t.ann, 7)
  await first.newest('coins') // so that the event of the grant itself does not arrive below
  const all = [
    ['notification', { unread: 0 }],
    ['inbox', { unread: 0 }],
    ['file', { all: true }],
    ['coins', { balance: 7 }],
    ['posts', { all: true }],
  ]
  const inShort = (ear: Awaited<ReturnType<typeof openEventStream>>) =>
    ear.received.map(({ event, data }) => [event, data])
  for (const id of ['abc-5', 'nonsense', `${t.app.events.position().split('-')[0]}-999`]) {
    const ear = await openEventStream(t, t.ann, { id })
    await ear.newest('posts')
    expect(inShort(ear)).toEqual(all)
  }
  const ear = await openEventStream(t, t.ann)
  await ear.ready()
  using other = t.openDatabase()
  other.run(`update users set display_name = 'Ann' where id = ${t.ann.id}`)
  await ear.newest('posts')
  expect(inShort(ear)).toEqual(all)
})

test('signing out, a new password and a suspension close the connection at once; others stay open', async () => {
  using t = await market()
  const [ann, bob] = [await openEventStream(t, t.ann), await openEventStream(t, t.bob)]
  await Promise.all([ann.ready(), bob.ready()])
  await t.api(t.ann, 'DELETE /sessions/current')
  await ann.ended()
  expect(ann.received.at(-1)?.event).toBe('end') // so that it does not come back
  using other = t.openDatabase()
  other.run(`update sessions set ended_at = 1 where user_id = ${t.eve.id}`)
  expect(await openEventStream(t, t.eve).catch(String)).toContain('401')
  await t.grant(t.bob, 1)
  await bob.newest('coins')
  other.run(`update users set suspended_at = 1 where id = ${t.bob.id}`)
  await bob.ended()
})

test('a visitor is refused, HEAD opens no stream, and the twenty-first connection closes the first', async () => {
  using t = await market()
  expect(await t.api(null, 'GET /events')).toEqual(problem(401, 'unauthenticated'))
  expect((await t.request('/api/events', { as: t.ann, method: 'HEAD' })).status).toBe(200)
  const first = await openEventStream(t, t.ann)
  await first.ready()
  const more = []
  for (let i = 0; i < 20; i++) more.push(await openEventStream(t, t.ann))
  await first.ended()
  await like(t, t.ann.id, t.bob.id)
  await Promise.all(more.map((ear) => ear.newest('notification')))
})

test('a post to many followers looks up only the followers who are connected', async () => {
  using t = await market()
  t.addFollowers(t.ann.id, 1200)
  await settle()
  const fan = { id: 0 } as Somebody
  using other = t.openDatabase()
  fan.id = other.query<{ id: number }, []>(`select id from users where handle = 'fan700'`).get()!.id
  const stream = t.app.events.open({ userId: fan.id, sessionId: 0 }, undefined).getReader()
  const said = async () => new TextDecoder().decode((await stream.read()).value)
  await said()
  // a connection without a session is closed
  expect([await said(), await said()]).toEqual(['event: end\ndata: {}\n\n', ''])
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  await settle()
  const bob = await openEventStream(t, t.bob)
  await t.post(t.ann)
  await t.runJobs()
  expect((await bob.newest('inbox')).data).toMatchObject({ unread: 1 })
  expect(bob.received.filter(({ event }) => event === 'inbox').length).toBe(1)
})
