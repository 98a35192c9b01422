import { expect, test } from 'bun:test'
import { type As, type Json, problem } from '../../test/harness'
import { market } from '../../test/market'

/** Ann's account is private. Bob follows her, Eve does not. */
async function withPrivate(env: Record<string, string> = {}) {
  const m = await market(env)
  await m.api(m.bob, 'PUT /follows/ann')
  const post = await m.post(m.ann, { caption: 'Inner sea #inner' })
  const paid = await m.post(m.ann, { caption: 'Paid sea', price: 5 })
  await m.runJobs()
  await m.api(m.ann, 'PATCH /users/account', { private: true })
  const ids = async (as: As | null, list: string) => {
    const { status, body } = await m.api(as, `GET ${list}`)
    return status === 200 ? (body.items ?? body.posts.items).map(({ id }: Json) => id) : status
  }
  const handles = async (as: As, list: string) =>
    (await m.api(as, `GET ${list}`)).body.items.map(({ handle }: Json) => handle)
  const profile = async (as: As | null) => (await m.api(as, 'GET /users/ann')).body
  return { ...m, post, paid, ids, handles, profile }
}

/** Every list in which the posts of Ann would be. */
const LISTS = ['/posts', '/users/ann/posts', '/search?q=sea', '/tags/inner', '/explore']

test('only accepted followers see the posts of a private account, and the profile without them', async () => {
  using m = await withPrivate()
  for (const list of LISTS) {
    expect([list, await m.ids(m.eve, list)]).toEqual([list, []])
    expect([list, await m.ids(m.bob, list)]).toEqual([list, expect.arrayContaining([m.post.id])])
  }
  for (const call of [
    `GET /posts/${m.post.id}`,
    `PUT /posts/${m.post.id}/like`,
    `PUT /posts/${m.post.id}/bookmark`,
    `GET /posts/${m.post.id}/comments`,
    `GET /posts/${m.post.id}/likes`,
    `GET /posts/${m.post.id}/menu`,
  ])
    expect([call, await m.api(m.eve, call)]).toEqual([call, problem(404, 'not_found')])
  await m.grant(m.eve, 10)
  expect(await m.buy(m.eve, m.paid)).toEqual(problem(404, 'not_found'))
  expect(await m.profile(m.eve)).toMatchObject({ private: true, posts: 0, followers: 1 })
  expect(await m.profile(m.bob)).toMatchObject({ private: true, posts: 2 })
  for (const list of ['followers', 'following']) expect(await m.handles(m.eve, `/users/ann/${list}`)).toEqual([])
  expect(await m.handles(m.bob, '/users/ann/followers')).toEqual(['bob'])
  expect(await m.handles(m.ann, '/users/ann/followers')).toEqual(['bob'])
  const page = async (as: As) => (await m.request('/users/ann', { browser: as })).text()
  expect(await page(m.eve)).toContain('This account is private.')
  expect(await page(m.eve)).not.toContain(`/posts/${m.post.id}`)
  expect(await page(m.bob)).toContain(`/posts/${m.post.id}`)
})

test('a request waits until it is accepted, refused or withdrawn', async () => {
  using m = await withPrivate()
  const ask = () => m.api(m.eve, 'PUT /follows/ann', { notify: false })
  for (let i = 0; i < 2; i++) expect(await ask()).toMatchObject({ status: 202, body: { requested: true } })
  expect((await m.profile(m.eve)).viewer).toMatchObject({ following: false, requested: true })
  expect(await m.ids(m.eve, '/users/ann/posts')).toEqual([])
  expect(await m.handles(m.ann, '/follows/requests')).toEqual(['eve'])
  expect(await m.handles(m.eve, '/follows/requests')).toEqual([])
  const kinds = async (as: As) => (await m.api(as, 'GET /notifications')).body.items.map(({ kind }: Json) => kind)
  expect(await kinds(m.ann)).toContain('request')

  expect((await m.api(m.eve, 'DELETE /follows/ann')).status).toBe(204)
  expect([await m.handles(m.ann, '/follows/requests'), await kinds(m.ann)]).toEqual([[], ['follow']])
  await ask()
  expect((await m.api(m.ann, 'DELETE /follows/requests/eve')).status).toBe(204)
  expect((await m.profile(m.eve)).viewer).toMatchObject({ following: false, requested: false })
  expect(await m.api(m.ann, 'PUT /follows/requests/eve')).toEqual(problem(404, 'not_found'))

  await ask()
  const accepted = await m.api(m.ann, 'PUT /follows/requests/eve')
  expect([accepted.status, accepted.body.handle]).toEqual([200, 'eve'])
  expect((await m.api(m.ann, 'PUT /follows/requests/eve')).status).toBe(200)
  await m.runJobs()
  expect(await m.ids(m.eve, '/inbox')).toEqual([m.paid.id, m.post.id])
  expect([await kinds(m.eve), await kinds(m.ann)]).toEqual([['accepted'], ['follow']])
  expect((await m.api(m.eve, 'PUT /follows/ann')).status).toBe(200)
  expect(await m.profile(m.eve)).toMatchObject({ followers: 2, viewer: { following: true, requested: false } })
  expect((await m.api(m.ann, 'DELETE /follows/followers/eve')).status).toBe(204)
  expect(await m.ids(m.eve, '/users/ann/posts')).toEqual([])
})

test('nobody can accept a request to somebody else, and a block ends requests', async () => {
  using m = await withPrivate()
  const cat = await m.user('cat')
  for (const each of [m.eve, cat]) await m.api(each, 'PUT /follows/ann')
  for (const as of [m.eve, m.bob])
    expect(await m.api(as, 'PUT /follows/requests/eve')).not.toMatchObject({ status: 200 })
  expect(await m.api(null, 'GET /follows/requests')).toEqual(problem(401, 'unauthenticated'))
  await m.api(m.ann, 'PUT /blocks/eve')
  await m.api(cat, 'PUT /blocks/ann')
  expect(await m.handles(m.ann, '/follows/requests')).toEqual([])
  using db = m.openDatabase()
  expect(db.query('select count(*) as n from follow_requests').get()).toEqual({ n: 0 })
})

test('an account that becomes public accepts everyone who asked, however many', async () => {
  using m = await withPrivate()
  m.addFollowers(m.eve.id, 102)
  using db = m.openDatabase()
  db.run(
    `insert into follow_requests (followee_id, follower_id, created_at)
     select ${m.ann.id}, follower_id, 0 from follows where followee_id = ${m.eve.id}`,
  )
  await m.api(m.eve, 'PUT /follows/ann')
  const first = (await m.api(m.ann, 'GET /follows/requests?limit=2')).body
  const second = (await m.api(m.ann, `GET /follows/requests?limit=2&cursor=${first.nextCursor}`)).body
  expect(new Set([...first.items, ...second.items].map(({ handle }: Json) => handle)).size).toBe(4)
  expect(await (await m.request('/users/ann', { browser: m.ann })).text()).toContain('100 people ask to follow you')
  await m.api(m.ann, 'PATCH /users/account', { private: false })
  await m.runJobs()
  expect(await m.profile(m.eve)).toMatchObject({ private: false, followers: 104, posts: 2 })
  expect(await m.handles(m.ann, '/follows/requests')).toEqual([])
  expect(await m.ids(m.eve, '/users/ann/posts')).toEqual([m.paid.id, m.post.id])
})

test('links to media end when an account becomes private, and when somebody is no follower any more', async () => {
  using m = await withPrivate({ PINHOLE_ACCESS: 'public' })
  await m.api(m.ann, 'PATCH /users/account', { private: false })
  const urlFor = async (as: As | null) =>
    (await m.api(as, `GET /posts/${m.post.id}`)).body.files[0].renditions.full.url as string
  const open = async (url: string, as?: As) => (await m.request(url, { as })).status
  const [anyones] = [await urlFor(null)]
  expect(await open(anyones)).toBe(200)
  await m.api(m.ann, 'PATCH /users/account', { private: true })
  expect(await open(anyones)).toBe(410)
  const bobs = await urlFor(m.bob)
  expect([await open(bobs, m.bob), await open(bobs, m.eve), await open(bobs)]).toEqual([200, 403, 403])
  await m.api(m.ann, 'DELETE /follows/followers/bob')
  expect(await open(bobs, m.bob)).toBe(410)
  for (const path of ['/users/ann/feed.xml', '/sitemap.xml', '/'])
    expect(await (await m.request(path)).text()).not.toContain(`/posts/${m.post.id}`)
  expect((await m.request(`/oembed?url=http%3A%2F%2Flocalhost%2Fposts%2F${m.post.id}`)).status).toBe(404)
})

test('buyers keep what they bought of an account that became private', async () => {
  using m = await withPrivate()
  await m.api(m.ann, 'PATCH /users/account', { private: false })
  await m.grant(m.eve, 10)
  await m.buy(m.eve, m.paid)
  await m.api(m.ann, 'PATCH /users/account', { private: true })
  const { body } = await m.api(m.eve, `GET /posts/${m.paid.id}`)
  expect(body).toMatchObject({ locked: false })
  expect((await m.request(body.files[0].renditions.full.url, { as: m.eve })).status).toBe(200)
  expect(await m.ids(m.eve, '/users/ann/posts')).toEqual([m.paid.id])
})

test('requests can be answered on pages without JavaScript', async () => {
  using m = await withPrivate()
  const form = (as: As, path: string) => m.request(path, { method: 'POST', browser: as, form: {} })
  const asked = await form(m.eve, '/follows/ann?_method=PUT')
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/users/ann'])
  const text = async (as: As, path: string) => (await m.request(path, { browser: as })).text()
  expect(await text(m.eve, '/users/ann')).toContain('Withdraw the request to follow ann')
  expect(await text(m.ann, '/follows/requests')).toContain('Accept eve')
  const done = await form(m.ann, '/follows/requests/eve?_method=PUT')
  expect([done.status, done.headers.get('location')]).toEqual([303, '/follows/requests'])
  expect(await text(m.eve, '/users/ann')).toContain(`/posts/${m.post.id}`)
  const settings = await text(m.ann, '/users/account/privacy')
  expect(settings).toMatch(/name="private" value="on" checked/)
  const saved = { displayName: 'Ann', bio: '', links: '', email: '', locale: '', timeZone: '', private: 'off' }
  await m.request('/users/account?_method=PATCH', { method: 'POST', browser: m.ann, form: saved })
  expect((await m.profile(m.eve)).private).toBe(false)
})
