import { expect, test } from 'bun:test'
import { password } from '../acceptance/script'
import { serverWith } from './server'

const { server, ann } = await serverWith(['ann'])

const FORM = 'application/x-www-form-urlencoded'

/**
 * Requests that a page of another site can make a browser send with its visitor's cookie: forms, and requests without a
 * preflight.
 */
const SENT: [path: string, type: string, body: string][] = [
  ['/sessions', FORM, `handle=ann&password=${password}`],
  ['/users', FORM, `handle=mallory&password=${password}`],
  ['/setup', FORM, 'token=x&handle=mallory&password=x'],
  ['/users/resets', FORM, 'token=x&password=x'],
  ['/follows/boss?_method=PUT', FORM, ''],
  ['/users/account?_method=DELETE', FORM, `password=${password}`],
  ['/users/account/password?_method=PUT', FORM, `current=${password}&password=another password`],
  ['/users/account?_method=PATCH', 'text/plain', '{"bio":"mine"}'],
  ['/api/users/account', 'text/plain', '{"bio":"mine"}'],
  ['/api/users/account?_method=PATCH', FORM, 'bio=mine'],
  ['/api/sessions', 'text/plain', `{"handle":"ann","password":"${password}"}`],
  [
    '/posts',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="caption"\r\n\r\nmine\r\n--x--',
  ],
  [
    '/files',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\na\r\n--x--',
  ],
  ['/api/uploads', 'text/plain', ''],
  ['/invites', FORM, ''],
  ['/coins/redemptions', FORM, 'code=x'],
  ['/admin/settings?_method=PATCH', FORM, 'siteName=mine'],
]

const post = async ([path, type, body]: (typeof SENT)[number], headers: Record<string, string>) => {
  const answer = await server.fetch(path, {
    method: 'POST',
    body,
    headers: { 'content-type': type, cookie: `session=${ann.token}`, ...headers },
  })
  return { status: answer.status, cookie: answer.headers.get('set-cookie'), text: await answer.text() }
}

test('every request that another site makes a browser send is refused before it is processed', async () => {
  const host = new URL(server.address).host
  const elsewhere: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: server.address }, // another subdomain of the same domain
    { 'sec-fetch-site': 'SAME-ORIGIN' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { origin: 'null' },
    { origin: 'https://evil.test' },
    { origin: `https://evil.${host}` },
    { origin: `http://${host}.evil.test` },
    { origin: 'http://127.0.0.1:1' },
    { origin: `http://user@evil.test/${host}` },
    { origin: 'file://' },
    { referer: `${server.address}/` },
    {
      origin: 'https://evil.test',
      'x-http-method-override': 'GET',
      'x-forwarded-host': 'evil.test',
      'x-requested-with': 'XMLHttpRequest',
      'hx-request': 'true',
    },
  ]
  const before = await ann.ask('GET /users/account')
  for (const from of elsewhere)
    for (const sent of SENT) {
      const { status, cookie, text } = await post(sent, from)
      expect([from, sent[0], status, cookie, text.includes('another site')]).toEqual([from, sent[0], 403, null, true])
    }
  expect(await ann.ask('GET /users/account')).toEqual(before)
  expect((await server.nobody.call('GET /users/mallory')).status).toBe(401)
  expect((await ann.call('GET /users/mallory')).status).toBe(404)
})

test('requests from our own pages are accepted by either of the two headers', async () => {
  for (const from of [{ 'sec-fetch-site': 'same-origin' }, { origin: server.address }, { 'sec-fetch-site': 'none' }])
    expect([from, (await post(['/follows/boss?_method=PUT', FORM, ''], from)).status]).toEqual([from, 303])
})

test('only our own forms can override the method, and headers cannot', async () => {
  const cookie = `session=${ann.token}`
  const bio = async () => (await ann.ask('GET /users/account')).bio
  for (const headers of [
    { 'x-http-method-override': 'DELETE' },
    { 'x-http-method': 'DELETE' },
    { 'x-method-override': 'PATCH' },
  ])
    await server.fetch('/follows/boss', { headers: { cookie, 'sec-fetch-site': 'cross-site', ...headers } })
  for (const path of [
    '/follows/boss?_method=DELETE',
    '/users/account?_method=PATCH&bio=mine',
    '/api/follows/boss?_method=DELETE',
  ])
    await server.fetch(path, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  expect([(await ann.ask('GET /users/boss')).viewer.following, await bio()]).toEqual([true, ''])
  for (const method of ['GET', 'POST', 'TRACE', 'put', ''])
    expect([
      method,
      (await post([`/follows/boss?_method=${method}`, FORM, ''], { 'sec-fetch-site': 'same-origin' })).status >= 400,
    ]).toEqual([method, true])
})

test('no response may be read by pages of other sites', async () => {
  for (const path of ['/', '/api/users/account', '/api/uploads', '/api/openapi.json', '/media/x', '/healthz'])
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await server.fetch(path, {
        method,
        headers: { origin: 'https://evil.test', cookie: `session=${ann.token}`, 'tus-resumable': '1.0.0' },
      })
      expect([path, method, [...headers.keys()].filter((name) => name.startsWith('access-control'))]).toEqual([
        path,
        method,
        [],
      ])
    }
})
