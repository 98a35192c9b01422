import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

const HOST = 'http://pinhole.test'

test('a request that another site makes a browser send is refused', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  await t.user('bob')
  const cookie = `session=${ann.token}`
  const follow = async (headers: Record<string, string>, path = '/api/follows/bob') => {
    const answer = await t.request(HOST + path, { method: 'PUT', headers: { host: 'pinhole.test', ...headers } })
    return [answer.status, answer.status < 400 ? '' : (await answer.json()).code].join(' ').trim()
  }
  expect(await follow({ cookie, 'sec-fetch-site': 'same-origin' })).toBe('201')
  expect(await follow({ cookie, 'sec-fetch-site': 'none' })).toBe('200')
  for (const site of ['cross-site', 'same-site'])
    expect(await follow({ cookie, 'sec-fetch-site': site, origin: HOST })).toBe('403 cross_site')
  expect(await follow({ cookie, origin: HOST })).toBe('200')
  for (const origin of ['http://evil.test', 'http://pinhole.test.evil.test', 'http://pinhole.test:81', 'null'])
    expect(await follow({ cookie, origin })).toBe('403 cross_site')
  expect(await follow({ cookie })).toBe('403 cross_site')
  expect(await follow({})).toBe('401 unauthenticated')
  expect(await follow({ authorization: `Bearer ${ann.token}`, origin: 'http://evil.test' })).toBe('200')
  expect(await follow({ authorization: 'Bearer wrong', cookie })).toBe('401 unauthenticated')
  expect(await follow({ authorization: 'Basic YTpi', cookie })).toBe('403 cross_site')
})

test('the public address counts as our own site when a proxy changes the host', async () => {
  using t = await testApp()
  const { token } = await t.user('ann')
  Object.assign(t.app.config, { url: 'https://photos.test' })
  const headers = { host: '127.0.0.1:7777', cookie: `__Host-session=${token}` }
  const status = async (origin: string) =>
    (await t.request('/api/sessions/0', { method: 'DELETE', headers: { ...headers, origin } })).status
  expect([await status('https://photos.test'), await status('https://evil.test')]).toEqual([204, 403])
})

test('a form sends its method in the query, and JSON does not need to', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  await t.user('bob')
  const post = async (path: string) => (await t.request(path, { as, method: 'POST', form: {} })).status
  expect(await post('/follows/bob?_method=PUT')).toBe(303)
  expect((await t.request('/api/follows/bob', { as, method: 'PUT' })).status).toBe(200)
  expect([
    await post('/follows/bob?_method=DELETE'),
    await post('/follows/bob?_method=GET'),
    await post('/api/follows/bob?_method=PUT'),
  ]).toEqual([303, 422, 405])
})
