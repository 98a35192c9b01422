import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const OPEN = [
  '/sessions/new',
  '/users/new',
  '/api/docs',
  '/api/openapi.json',
  '/healthz',
  '/readyz',
  '/robots.txt',
  '/theme.css',
]

test('in a members-only community, a visitor is sent to the sign-in page and back afterwards', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const { id, files } = await t.post(ann)
  const way = async (path: string) => {
    const { status, headers } = await t.request(path)
    return [status, headers.get('location'), headers.get('cache-control')]
  }
  expect(await way('/')).toEqual([303, '/sessions/new', 'private, no-cache'])
  for (const path of [
    '/posts',
    `/posts/${id}`,
    `/posts/${id}?a=1&b=2`,
    '/users/ann',
    '/inbox',
    '/notifications',
    '/files',
    '/admin',
    '/nothing',
    '/users/account',
  ])
    expect(await way(path)).toEqual([303, `/sessions/new?next=${encodeURIComponent(path)}`, 'private, no-cache'])
  const htmx = await t.request('/inbox', { headers: { 'hx-request': 'true' } })
  expect([htmx.status, htmx.headers.get('hx-redirect'), await htmx.text()]).toEqual([401, '/sessions/new', ''])
  for (const path of [
    '/posts',
    `/posts/${id}`,
    '/users/ann',
    '/users/ann/posts',
    '/inbox',
    '/admin',
    '/nothing',
    '/uploads/1',
    `/files/${files[0].id}`,
  ])
    expect(await t.api(null, `GET ${path}`)).toEqual(problem(401, 'unauthenticated'))
  expect([(await t.api(ann, 'GET /nothing')).status, (await t.request('/nothing', { browser: ann })).status]).toEqual([
    404, 404,
  ])
})

test('a visitor can open the ways in and the pages that reveal nothing', async () => {
  using t = await testApp()
  await t.user('ann')
  for (const path of OPEN) expect([path, (await t.request(path)).status]).toEqual([path, 200])
  const page = await (await t.request('/sessions/new')).text()
  for (const [, url] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
    expect([url, (await t.request(url!)).status]).toEqual([url, 200])
  expect(await (await t.request('/robots.txt')).text()).toContain('Disallow: /\n')
  for (const call of [
    'POST /posts',
    'PUT /follows/ann',
    'DELETE /posts/1',
    'PATCH /users/account',
    'POST /files',
    'POST /invites',
    'PUT /inbox/read',
  ])
    expect(await t.api(null, call, {})).toEqual(problem(401, 'unauthenticated'))
})

test('the source code that every page links to can be downloaded', async () => {
  using t = await testApp()
  const href = /href="([^"]+)"[^>]*>Source</.exec(await (await t.request('/sessions/new')).text())![1]!
  expect((await t.request(href)).status).toBe(200)
})

test('in a public community everybody can look, but only members have pages of their own', async () => {
  using t = await testApp({ PINHOLE_ACCESS: 'public' })
  const ann = await t.user('ann')
  const { id } = await t.post(ann, { caption: 'for all' })
  await t.post(ann, { caption: 'for few', visibility: 'followers' })
  for (const path of ['/', '/posts', '/users/ann']) {
    const text = await (await t.request(path)).text()
    expect([path, text.includes(`/posts/${id}`), text.includes('for few')]).toEqual([path, true, false])
  }
  const { body } = await t.api(null, `GET /posts/${id}`)
  expect([body.caption, body.viewer.own, body.author.viewer.self]).toEqual(['for all', false, false])
  const { url } = body.files[0].renditions.feed
  expect([url.split('/')[3], (await t.request(url)).status, url]).toEqual([
    '0.0',
    200,
    (await t.api(ann, `GET /posts/${id}`)).body.files[0].renditions.feed.url,
  ])
  for (const path of ['/inbox', '/notifications', '/files', '/users/account', '/invites', '/sessions', '/follows'])
    expect([path, (await t.api(null, `GET ${path}`)).status]).toEqual([path, 401])
  expect(await (await t.request('/robots.txt')).text()).not.toContain('Disallow: /\n')
})

test('a token that has ended is told so in a public community, too, and does not make its script a stranger', async () => {
  using t = await testApp({ PINHOLE_ACCESS: 'public' })
  const ann = await t.user('ann', { password: 'a long password' })
  const { id } = await t.post(ann)
  const signIn = { handle: 'ann', password: 'a long password' }
  const ended = { ...ann, token: (await t.api(null, 'POST /sessions', signIn)).body.token as string }
  expect((await t.api(ended, 'GET /posts')).status).toBe(200)
  await t.api(ended, 'DELETE /sessions/current')
  for (const as of [ended, { ...ann, token: 'wrong' }]) {
    for (const call of ['GET /posts', `GET /posts/${id}`, 'GET /users/ann', 'GET /search?q=a', 'PUT /follows/ann'])
      expect([call, await t.api(as, call)]).toEqual([call, problem(401, 'unauthenticated')])
    expect((await t.api(as, 'GET /openapi.json')).status).toBe(200)
    expect((await t.api(as, 'POST /sessions', signIn)).status).toBe(201)
    expect((await t.request('/healthz', { as })).status).toBe(200)
  }
  expect((await t.api(null, 'GET /posts')).status).toBe(200)
})

test('links for everybody exist neither in a members-only community nor for followers-only posts', async () => {
  using members = await testApp()
  const ann = await members.user('ann')
  const { files } = await members.post(ann)
  expect(files[0].renditions.feed.url.split('/')[3]).toBe(`${ann.id}.0`)
  using open = await testApp({ PINHOLE_ACCESS: 'public' })
  const bob = await open.user('bob')
  const few = await open.post(bob, { visibility: 'followers' })
  expect(few.files[0].renditions.feed.url.split('/')[3]).toBe(`${bob.id}.0`)
  expect((await open.request(few.files[0].renditions.feed.url)).status).toBe(403)
})
