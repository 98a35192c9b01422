import { expect, test } from 'bun:test'
import { SignJWT } from 'jose'
import { problem, testApp } from '../../test/harness'

const DAY_MS = 24 * 3600_000
const password = 'a long password'

async function withAnn() {
  const t = await testApp()
  const ann = await t.user('ann', { password })
  const signIn = (path: string, handle: string, password: string, headers = {}) =>
    t.request(path, { method: 'POST', form: { handle, password }, headers })
  const session = async () => (await signIn('/api/sessions', 'ann', password)).json()
  return { ...t, ann, signIn, session }
}

test('signing in gives a script a token and a browser a cookie', async () => {
  using t = await withAnn()
  const script = await t.signIn('/api/sessions', 'ANN', password)
  const { token, user, expiresAt } = await script.json()
  expect([script.status, script.headers.get('set-cookie')]).toEqual([201, null])
  expect(user).toMatchObject({ handle: 'ann', viewer: { self: true } })
  expect(+new Date(expiresAt)).toBe(+t.app.now() + 30 * DAY_MS)
  expect((await t.api({ token }, 'GET /users/account')).status).toBe(200)
  const page = await t.signIn('/sessions', 'ann', password)
  expect([page.status, page.headers.get('location')]).toEqual([303, '/'])
  expect(page.headers.getSetCookie()[0]).toMatch(/^session=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('a handle may be given as pages show it, with an @', async () => {
  using t = await withAnn()
  const statuses = ['@ann', ' @ANN ', '@@ann'].map(async (handle) => {
    const { status } = await t.signIn('/api/sessions', handle, password)
    return status
  })
  expect(await Promise.all(statuses)).toEqual([201, 201, 401])
})

test('over https the cookie is limited to this host and https, and only a trusted proxy can claim https', async () => {
  using t = await withAnn()
  const forwarded = { 'x-forwarded-proto': 'https' }
  expect((await t.signIn('/sessions', 'ann', password, forwarded)).headers.get('set-cookie')).toStartWith('session=')
  using proxied = await testApp({ PINHOLE_TRUST_PROXY: '192.0.2.1' })
  await proxied.user('ann', { password })
  const form = { handle: 'ann', password }
  const answer = await proxied.request('/sessions', { method: 'POST', form, headers: forwarded })
  const kept = answer.headers.getSetCookie()[0]!
  expect(kept).toMatch(/^__Host-session=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const cookie = kept.split(';')[0]!
  expect((await proxied.request('/api/users/account', { headers: { ...forwarded, cookie } })).status).toBe(200)
})

test('a wrong password and an unknown handle get the same reply, which repeats no password', async () => {
  using t = await withAnn()
  const [wrong, unknown] = [
    await t.signIn('/sessions', 'ann', 'not this one'),
    await t.signIn('/sessions', 'bob', 'not this one'),
  ]
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  const text = await wrong.text()
  expect([text.includes('value="ann"'), text.includes('not this one')]).toEqual([true, false])
  expect((await unknown.text()).replace('value="bob"', 'value="ann"')).toBe(text)
})

test('nobody signs in without a password, to a command-line or deleted account, or with an empty one', async () => {
  using t = await withAnn()
  await t.user('none')
  for (const [handle, word] of [
    ['none', ''],
    ['none', 'nobody'],
    ['ann', ''],
    ['', ''],
  ])
    expect((await t.signIn('/api/sessions', handle!, word!)).status).toBe(401)
})

test('signing in leads to the page that was asked for, if it is on this server', async () => {
  using t = await withAnn()
  const goes = async (next: string) =>
    (await t.request('/sessions', { method: 'POST', form: { handle: 'ann', password, next } })).headers.get('location')
  expect([await goes('/posts/7?a=1'), await goes('/')]).toEqual(['/posts/7?a=1', '/'])
  for (const next of [
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '\\/evil.test',
    'evil.test',
    '/a\r\nset-cookie: x=1',
    '/\t/evil.test',
    'javascript:1',
  ])
    expect([next, await goes(next)]).toEqual([next, '/'])
  const page = async (next: string) =>
    (await t.request(`/sessions/new?next=${encodeURIComponent(next)}`, { browser: t.ann })).headers.get('location')
  expect([await page('/inbox'), await page('//evil.test')]).toEqual(['/inbox', '/'])
  expect(await (await t.request('/sessions/new?next=//evil.test')).text()).not.toContain('evil.test')
})

test('signing out ends this session at once, keeps the others and deletes the cookie', async () => {
  using t = await withAnn()
  const [here, there] = [await t.session(), await t.session()]
  expect((await t.api(here, 'DELETE /sessions/current')).status).toBe(204)
  expect((await t.api(here, 'DELETE /sessions/current')).status).toBe(401)
  const page = await t.request('/sessions/current?_method=DELETE', { method: 'POST', browser: there, form: {} })
  expect([page.status, page.headers.get('location'), page.headers.get('set-cookie')]).toEqual([
    303,
    '/sessions/new',
    expect.stringMatching(/^session=; Max-Age=0; Path=\//),
  ])
  expect((await t.api(t.ann, 'GET /users/account')).status).toBe(200)
})

test('devices are listed by name and can be signed out one by one', async () => {
  using t = await withAnn()
  const bob = await t.user('bob')
  t.pass(1000)
  await t.signIn('/sessions', 'ann', password, { 'user-agent': 'A Phone <b>' })
  const { items } = (await t.api(t.ann, 'GET /sessions')).body
  expect(items).toMatchObject([
    { name: 'A Phone <b>', current: false },
    { name: 'test', current: true },
  ])
  expect(await (await t.request('/sessions', { browser: t.ann })).text()).toContain('A Phone &lt;b&gt;')
  expect((await t.api(bob, `DELETE /sessions/${items[0].id}`)).status).toBe(204)
  expect((await t.api(t.ann, 'GET /sessions')).body.items.length).toBe(2) // Another person's session is not affected.
  for (let i = 0; i < 2; i++) expect((await t.api(t.ann, `DELETE /sessions/${items[0].id}`)).status).toBe(204)
  expect((await t.api(t.ann, 'GET /sessions')).body.items).toMatchObject([{ current: true }])
})

test('a session ends after thirty unused days; use renews its cookie once a day, but no script token', async () => {
  using t = await withAnn()
  const { token } = await t.session()
  const visit = (cookie: string) => t.request('/', { headers: { cookie } })
  expect((await visit(`session=${token}`)).headers.get('set-cookie')).toBeNull()
  t.pass(20 * DAY_MS)
  expect((await t.request('/api/posts', { as: { token } })).headers.get('set-cookie')).toBeNull()
  const later = await t.session()
  t.pass(2 * DAY_MS)
  const renewed = (await visit(`session=${later.token}`)).headers.get('set-cookie')!.split(';')[0]!
  t.pass(29 * DAY_MS)
  expect([(await visit(`session=${later.token}`)).status, (await visit(renewed)).status]).toEqual([303, 200])
})

test('a token with another key, purpose or algorithm is rejected', async () => {
  using t = await withAnn()
  const forge = (alg: string, aud: string, key: Uint8Array) =>
    new SignJWT({ sid: 1 })
      .setProtectedHeader({ alg })
      .setAudience(aud)
      .setSubject('1')
      .setExpirationTime(new Date(+t.app.now() + DAY_MS))
      .sign(key)
  const link = await t.app.links.sign('invite', 1, new Date(+t.app.now() + DAY_MS))
  for (const token of [
    await forge('HS256', 'session', new Uint8Array(32)),
    link,
    'x',
    `${btoa('{"alg":"none"}')}.${btoa('{"sub":"1","sid":1,"aud":"session"}')}.`,
  ])
    expect(await t.api({ token }, 'DELETE /sessions/0')).toEqual(problem(401, 'unauthenticated'))
})

test('a browser whose session was ended elsewhere is told once to forget its pages', async () => {
  using t = await withAnn()
  const { token } = await t.session()
  const ask = async (path: string, cookies = '', headers: Record<string, string> = {}) => {
    const cookie = `session=${token}${cookies}`
    const answer = await t.request(path, { headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers } })
    return { told: answer.headers.get('clear-site-data'), mark: answer.headers.get('set-cookie') }
  }
  expect(await ask('/coins')).toEqual({ told: null, mark: null })
  await t.api(t.ann, `DELETE /sessions/${(await t.api({ token }, 'GET /sessions')).body.items[0].id}`)
  for (const path of ['/coins', '/api/users/account', '/sessions/new']) {
    const { told, mark } = await ask(path)
    expect([path, told, mark]).toEqual([path, '"cache"', expect.stringMatching(/^left=[\w-]{43};/)])
    expect(mark).not.toContain('session=')
    expect(await ask(path, `; ${mark!.split(';')[0]}`)).toEqual({ told: null, mark: null })
  }
  const script = { cookie: '', authorization: `Bearer ${token}` }
  expect(await ask('/api/users/account', '', script)).toEqual({ told: null, mark: null })
})
