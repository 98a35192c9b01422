import { expect, test } from 'bun:test'
import { type Json, problem, testApp } from '../../test/harness'

async function withTwo() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const counts = async (handle: string) => {
    const { followers, following } = (await t.api(ann, `GET /users/${handle}`)).body
    return [followers, following]
  }
  const handles = async (path: string) => (await t.api(ann, `GET ${path}`)).body.items.map(({ handle }: Json) => handle)
  return { ...t, ann, bob, counts, handles }
}

test('following twice creates one follow, and counts and lists match', async () => {
  using t = await withTwo()
  const made = await t.api(t.bob, 'PUT /follows/ANN')
  expect([made.status, made.headers.get('location'), made.body.handle, made.body.viewer.following]).toEqual([
    201,
    '/api/follows/ann',
    'ann',
    true,
  ])
  expect((await t.api(t.bob, 'PUT /follows/ann')).status).toBe(200)
  expect([await t.counts('ann'), await t.counts('bob')]).toEqual([
    [1, 0],
    [0, 1],
  ])
  expect([
    await t.handles('/users/ann/followers'),
    await t.handles('/users/bob/following'),
    await t.handles('/users/ann/following'),
  ]).toEqual([['bob'], ['ann'], []])
  expect((await t.api(t.bob, 'GET /follows')).body.items).toMatchObject([
    { handle: 'ann', viewer: { following: true } },
  ])
  for (let i = 0; i < 2; i++) expect((await t.api(t.bob, 'DELETE /follows/ann')).status).toBe(204)
  expect([await t.counts('ann'), await t.counts('bob'), await t.handles('/users/ann/followers')]).toEqual([
    [0, 0],
    [0, 0],
    [],
  ])
})

test('concurrent follow requests count once', async () => {
  using t = await withTwo()
  const answers = await Promise.all(Array.from({ length: 10 }, () => t.api(t.bob, 'PUT /follows/ann')))
  expect(answers.filter(({ status }) => status === 201).length).toBe(1)
  expect(await t.counts('ann')).toEqual([1, 0])
  await Promise.all(Array.from({ length: 10 }, () => t.api(t.bob, 'DELETE /follows/ann')))
  expect(await t.counts('ann')).toEqual([0, 0])
})

test('people cannot follow themselves or somebody who does not exist', async () => {
  using t = await withTwo()
  expect(await t.api(t.ann, 'PUT /follows/ann')).toEqual(problem(409, 'own_account'))
  expect([await t.api(t.ann, 'PUT /follows/nobody'), await t.api(t.ann, 'DELETE /follows/nobody')]).toEqual([
    problem(404, 'not_found'),
    problem(404, 'not_found'),
  ])
  expect(await t.api(null, 'PUT /follows/ann')).toEqual(problem(401, 'unauthenticated'))
  expect((await t.api(t.bob, 'PUT /follows/ann', { notify: 'yes' })).status).toBe(422)
})

test('the follow button changes in place and works without JavaScript', async () => {
  using t = await withTwo()
  const press = (method: string, headers = {}) =>
    t.request(`/follows/ann?_method=${method}`, { method: 'POST', browser: t.bob, form: {}, headers })
  const made = await press('PUT')
  expect([made.status, made.headers.get('location')]).toEqual([303, '/users/ann'])
  const gone = await press('DELETE', { 'hx-request': 'true' })
  const text = await gone.text()
  expect([gone.status, text.includes('/follows/ann'), text.includes('<html')]).toEqual([200, true, false])
  expect(await (await t.request('/users/ann', { browser: t.bob })).text()).toContain('/follows/ann?_method=PUT')
})

test('lists of people are paginated, newest first', async () => {
  using t = await withTwo()
  t.addFollowers(t.ann.id, 45)
  const seen: string[] = []
  for (let path = '/users/ann/followers?limit=20'; path; ) {
    const { body, headers } = await t.api(t.bob, `GET ${path}`)
    seen.push(...body.items.map(({ handle }: Json) => handle))
    expect(seen.length).toBeLessThanOrEqual(45) // guards against an endless loop
    path = /<\/api(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
    expect(!!path).toBe(!!body.nextCursor)
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => `fan${45 - i}`))
})
