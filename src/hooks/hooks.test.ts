import { expect, setSystemTime, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { type Json, problem, type Somebody, testApp } from '../../test/harness'
import { kinds, ownServer, withHook } from '../../test/hook-app'
import type { Job } from '../jobs/kinds'
import { jobs } from '../jobs/table'
import { send } from './jobs'
import { sign } from './send'

test('a signature is that of the published example of Standard Webhooks', () => {
  const example = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
  }
  expect(sign(example.secret, example.id, 1614265330, example.body)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('the server of a member is told what happens to them, signed so that the usual library verifies it', async () => {
  using t = await withHook(['comment', 'like', 'follow', 'purchase', 'tip'])
  await t.grant(t.bob, 100)
  const post = await t.post(t.ann, { price: 10 })
  await t.buy(t.bob, post)
  await t.api(t.bob, `PUT /posts/${post.id}/like`)
  const { body: comment } = await t.api(t.bob, `POST /posts/${post.id}/comments`, { text: 'How green!' })
  await t.api(t.bob, 'PUT /follows/ann')
  await t.api(t.bob, 'POST /coins/tips', { handle: 'ann', coins: 5 })
  await t.runJobs()
  expect(kinds(t.server)).toEqual(['purchase', 'like', 'comment', 'follow', 'tip'])
  const said = t.server.messages[2]!
  expect(said.body).toMatchObject({
    type: 'comment',
    timestamp: t.app.now().toISOString(),
    data: {
      kind: 'comment',
      postId: post.id,
      commentId: comment.id,
      actorId: t.bob.id,
      comment: { text: 'How green!' },
    },
  })
  expect(said.body.data.actor.handle).toBe('bob')
  expect(t.server.messages[4]!.body.data.coins).toBe(5)
  setSystemTime(t.app.now())
  const webhook = new Webhook(t.hook.secret)
  for (const { text, headers } of t.server.messages) expect(webhook.verify(text, headers)).toEqual(JSON.parse(text))
  expect(() => webhook.verify(`${said.text} `, said.headers)).toThrow()
  setSystemTime()
  const listed = await t.deliveries()
  expect(listed.map(({ outcome, status, attempts }) => [outcome, status, attempts])).toEqual(
    Array.from({ length: 5 }, () => ['delivered', 200, 1]),
  )
  expect(new Set(listed.map(({ messageId }) => messageId)).size).toBe(5)
  expect((await t.api(t.ann, 'GET /hooks')).body.items).toMatchObject([{ enabled: true, problem: null }])
  expect(JSON.stringify((await t.api(t.ann, `GET /hooks/${t.hook.id}`)).body)).not.toContain('whsec_')
})

test('a hook hears of new posts as its owner may see them, and never of a locked picture', async () => {
  using t = await withHook(['post'], 'bob')
  await t.post(t.ann, { price: 30, caption: 'Paid' })
  await t.post(t.ann, { visibility: 'followers', caption: 'For followers' })
  await t.post(t.bob, { caption: 'My own' })
  const gone = await t.post(t.ann, { caption: 'Taken back' })
  await t.api(t.ann, `DELETE /posts/${gone.id}`)
  await t.api(t.bob, 'PUT /mutes/eve')
  await t.post(t.eve, { caption: 'Muted' })
  await t.runJobs()
  expect(t.server.messages.map(({ body }) => body.data.post.caption)).toEqual(['Paid', 'My own'])
  const { post } = t.server.messages[0]!.body.data
  expect([post.locked, Object.keys(post.files[0].renditions)]).toEqual([true, ['blurred']])
  const { url } = t.server.messages[1]!.body.data.post.files[0].renditions.feed
  expect((await t.request(url, { as: t.bob })).status).toBe(200)
  expect((await t.request(url, { as: t.eve })).status).toBe(403)
  expect((await t.request(url)).status).toBe(403)
})

test('a comment that was deleted meanwhile, or is by somebody who is blocked now, is not told', async () => {
  using t = await withHook(['comment'])
  const post = await t.post(t.ann)
  const { body: comment } = await t.api(t.bob, `POST /posts/${post.id}/comments`, { text: 'One' })
  await t.api(t.eve, `POST /posts/${post.id}/comments`, { text: 'Two' })
  await t.api(t.bob, `DELETE /comments/${comment.id}`)
  await t.api(t.ann, 'PUT /blocks/eve')
  await t.runJobs()
  expect(t.server.messages).toEqual([])
  expect((await t.deliveries()).map(({ outcome }) => outcome)).toEqual(['dropped', 'dropped'])
})

test('what fails is tried again after the times of the standard, under the same id, and then given up', async () => {
  using t = await withHook(['follow'])
  t.server.state.status = 500
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  expect(t.server.messages.length).toBe(1)
  const { RETRY_MS } = await import('./outcomes')
  for (const [n, wait] of RETRY_MS.entries()) {
    t.pass(wait - 1)
    await t.runJobs()
    expect([n, t.server.messages.length]).toEqual([n, n + 1])
    t.pass(1)
    await t.runJobs()
    expect([n, t.server.messages.length]).toEqual([n, n + 2])
  }
  expect(new Set(t.server.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(t.server.messages.map(({ headers }) => headers['webhook-signature'])).size).toBe(10)
  const [{ id, ...given }] = (await t.deliveries()) as [Json]
  expect(given).toMatchObject({ outcome: 'failed', attempts: 10, status: 500, detail: 'answered 500' })
  t.server.state.status = 204
  const again = await t.api(t.ann, `POST /hooks/${t.hook.id}/deliveries/${id}/attempts`)
  expect([again.status, again.body.outcome]).toEqual([200, 'waiting'])
  await t.runJobs()
  expect((await t.deliveries())[0]).toMatchObject({ outcome: 'delivered', attempts: 1, status: 204 })
  expect(await t.api(t.bob, `POST /hooks/${t.hook.id}/deliveries/${id}/attempts`)).toEqual(problem(404, 'not_found'))
})

test('a dead hook is turned off with a notice, and goes on where it was when it is turned on', async () => {
  using t = await withHook(['follow'])
  t.server.state.status = 410
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  const state = async () => (await t.api(t.ann, `GET /hooks/${t.hook.id}`)).body
  expect(await state()).toMatchObject({ enabled: false, problem: 'answered 410' })
  const { items } = (await t.api(t.ann, 'GET /notifications')).body
  expect(items[0]).toMatchObject({ kind: 'staff', url: '/hooks' })
  await t.api(t.eve, 'PUT /follows/ann') // nobody hears of it
  t.pass(3600_000)
  await t.runJobs()
  expect(t.server.messages.length).toBe(1)
  t.server.state.status = 200
  expect((await t.api(t.ann, `PATCH /hooks/${t.hook.id}`, { enabled: true })).body.enabled).toBe(true)
  await t.runJobs()
  expect([t.server.messages.length, (await state()).problem]).toEqual([2, null])
})

test('an address that accepts nothing for five days is turned off', async () => {
  using t = await withHook(['follow', 'like'])
  t.server.state.status = 503
  const post = await t.post(t.ann)
  await t.api(t.bob, 'PUT /follows/ann')
  for (let day = 0; day < 6; day++) {
    await t.runJobs()
    t.pass(24 * 3600_000)
    await t.api(t.bob, `DELETE /posts/${post.id}/like`)
    await t.api(t.bob, `PUT /posts/${post.id}/like`)
  }
  await t.runJobs()
  expect((await t.api(t.ann, `GET /hooks/${t.hook.id}`)).body.enabled).toBe(false)
})

test('private addresses are refused, and hooks belong to who made them', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const add = (url: string, events = ['like'], who: Somebody = ann) => t.api(who, 'POST /hooks', { url, events })
  for (const url of [
    'http://example.org/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.7/',
    'https://169.254.169.254/latest/meta-data',
    'https://router.local/',
    'https://localhost:8443/',
    'https://example.org:22/',
    'https://a:b@example.org/',
    'ftp://example.org/',
    'nonsense',
  ])
    expect([url, await add(url)]).toEqual([url, problem(422, 'invalid')])
  for (const events of [[], ['everything'], ['report']])
    expect([events, await add('https://example.org/', events)]).toEqual([events, problem(422, 'invalid')])
  const { body: hook, headers } = await add('https://example.org/hook')
  expect(headers.get('location')).toBe(`/api/hooks/${hook.id}`)
  expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  for (const call of ['GET /hooks/:id', 'GET /hooks/:id/deliveries', 'PATCH /hooks/:id'])
    expect([
      call,
      await t.api(bob, call.replace(':id', hook.id), call.startsWith('PATCH') ? { enabled: false } : undefined),
    ]).toEqual([call, problem(404, 'not_found')])
  expect((await t.api(bob, `DELETE /hooks/${hook.id}`)).status).toBe(204)
  expect((await t.api(ann, 'GET /hooks')).body.items.length).toBe(1)
  expect(await t.api(ann, `PATCH /hooks/${hook.id}`, { url: 'https://192.168.0.1/' })).toEqual(problem(422, 'invalid'))
  expect((await t.api(ann, `DELETE /hooks/${hook.id}`)).status).toBe(204)
  expect((await add('https://example.org/', ['report'], await t.user('mod', { role: 'moderator' }))).status).toBe(201)
  using db = t.openDatabase()
  expect(JSON.stringify(db.query<object, []>('select * from hooks').all())).not.toContain('whsec_')
})

test('a redirect is a failure, and its target hears nothing', async () => {
  using t = await withHook(['follow'])
  using other = ownServer()
  t.server.state.status = 307
  t.server.state.headers = { location: other.url }
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  expect([t.server.messages.length, other.messages.length]).toEqual([1, 0])
  expect((await t.deliveries())[0]).toMatchObject({ outcome: 'waiting', status: 307, detail: 'answered 307' })
})

test('pages add, show, resend and remove hooks without scripts', async () => {
  using t = await withHook(['follow'])
  const send = (path: string, form: Record<string, string>) => t.request(path, { browser: t.ann, method: 'POST', form })
  expect(await (await send('/hooks', { url: t.server.url, events: 'like' })).text()).toContain('whsec_')
  const wrong = await send('/hooks', { url: 'nonsense', events: 'like' })
  expect([wrong.status, (await wrong.text()).includes('value="nonsense"')]).toEqual([422, true])
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  const page = async (path: string) =>
    (await t.request(path, { browser: t.ann, headers: { 'accept-language': 'ko' } })).text()
  expect(await page(`/hooks/${t.hook.id}`)).toContain('전달됨')
  const [{ id }] = (await t.deliveries()) as [Json]
  expect((await send(`/hooks/${t.hook.id}/deliveries/${id}/attempts`, {})).status).toBe(303)
  await t.runJobs()
  expect(t.server.messages.length).toBe(2)
  expect((await send(`/hooks/${t.hook.id}?_method=DELETE`, {})).status).toBe(303)
  expect((await t.request(`/hooks/${t.hook.id}`, { browser: t.ann })).status).toBe(404)
})

test('a message whose outcome is lost in a crash is sent again under the same id', async () => {
  using t = await withHook(['follow'])
  await t.api(t.bob, 'PUT /follows/ann')
  const [job] = await t.app.db.select().from(jobs).where(eq(jobs.kind, 'hooks.send'))
  const lost = { ...job!, attempts: 99 } as Job<'hooks.send'> // as if another server had taken the job over
  await expect(send.run(t.app, lost, new AbortController().signal)).rejects.toThrow('the lease ran out')
  expect((await t.deliveries())[0]).toMatchObject({ outcome: 'waiting', attempts: 0 })
  await t.runJobs()
  const ids = t.server.messages.map(({ headers }) => headers['webhook-id'])
  expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  expect((await t.deliveries())[0]).toMatchObject({ outcome: 'delivered' })
})
