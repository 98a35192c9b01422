import { expect, test } from 'bun:test'
import { type Json, problem, testApp } from '../../test/harness'

async function fans() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  const before = await t.post(ann)
  await t.runJobs()
  const ids = async (path: string) => (await t.api(bob, `GET ${path}`)).body.items.map(({ id }: Json) => id)
  return { ...t, ann, bob, before, ids }
}

test('posts of a muted member reach no main page, inbox or notification, but can still be opened', async () => {
  using t = await fans()
  expect(await t.api(t.bob, 'PUT /mutes/ann')).toMatchObject({
    status: 201,
    body: { viewer: { following: true, muted: true } },
  })
  expect((await t.api(t.bob, 'PUT /mutes/ann')).status).toBe(200)
  const { items } = (await t.api(t.bob, 'GET /notifications')).body
  const after = await t.post(t.ann)
  await t.runJobs()
  expect([await t.ids('/posts'), await t.ids('/inbox'), (await t.api(t.bob, 'GET /inbox')).body.unread]).toEqual([
    [],
    [],
    0,
  ])
  expect((await t.api(t.bob, 'GET /notifications')).body.items.length).toBe(items.length)
  await t.api(t.ann, 'PUT /follows/bob')
  expect((await t.api(t.bob, 'GET /notifications')).body.items.length).toBe(items.length)
  expect(await t.ids('/users/ann/posts')).toEqual([after.id, t.before.id])
  expect((await t.api(t.bob, `GET /posts/${after.id}`)).status).toBe(200)
  expect((await t.api(t.bob, 'GET /mutes')).body.items).toMatchObject([{ handle: 'ann', viewer: { muted: true } }])
})

test('muted people are not told and see everything as before', async () => {
  using t = await fans()
  await t.post(t.bob)
  const look = async () => [
    (await t.api(t.ann, 'GET /users/bob')).body,
    (await t.api(t.ann, 'GET /posts')).body,
    (await t.api(t.ann, 'GET /notifications')).body,
    (await t.api(t.ann, 'GET /users/ann/followers')).body,
  ]
  const before = await look()
  await t.api(t.bob, 'PUT /mutes/ann')
  expect(await look()).toEqual(before)
})

test('unmuting brings everything back', async () => {
  using t = await fans()
  await t.api(t.bob, 'PUT /mutes/ann')
  for (let i = 0; i < 2; i++) expect((await t.api(t.bob, 'DELETE /mutes/ann')).status).toBe(204)
  expect([await t.ids('/posts'), await t.ids('/inbox')]).toEqual([[t.before.id], [t.before.id]])
})

test('you cannot mute yourself or a missing member, or mute without signing in', async () => {
  using t = await fans()
  expect(await t.api(t.bob, 'PUT /mutes/bob')).toEqual(problem(409, 'own_account'))
  expect(await t.api(t.bob, 'PUT /mutes/nobody')).toEqual(problem(404, 'not_found'))
  for (const call of ['GET /mutes', 'PUT /mutes/ann', 'DELETE /mutes/ann'])
    expect(await t.api(null, call)).toEqual(problem(401, 'unauthenticated'))
})

test('the profile menu and the list of muted people work as pages', async () => {
  using t = await fans()
  expect(await (await t.request('/users/ann', { browser: t.bob })).text()).toContain('action="/mutes/ann?_method=PUT"')
  const put = await t.request('/mutes/ann?_method=PUT', { method: 'POST', browser: t.bob, form: {} })
  expect([put.status, put.headers.get('location')]).toEqual([303, '/users/ann'])
  expect(await (await t.request('/mutes', { browser: t.bob })).text()).toContain('Unmute ann')
  const part = await t.request('/mutes/ann', { method: 'DELETE', browser: t.bob, headers: { 'hx-request': 'true' } })
  expect(await part.text()).toContain('Mute ann')
})
