import { expect, test } from 'bun:test'
import { SignJWT } from 'jose'
import { testApp } from '../../test/harness'
import { hashPassword } from '../users/model'

const DAY_MS = 24 * 3600_000

async function withAnn() {
  const t = await testApp()
  await t.user('ann', await hashPassword('a long password'))
  const signIn = (path: string, handle: string, password: string) => t.request(path, { method: 'POST', form: { handle, password } })
  const me = async (cookie: string) => (await t.request('/', { headers: { cookie } })).text()
  return { ...t, signIn, me }
}

test('signing in gives a script a token and a browser a cookie', async () => {
  using t = await withAnn()
  const { token, user } = await (await t.signIn('/api/sessions', 'ANN', 'a long password')).json()
  expect(user).toMatchObject({ handle: 'ann', viewer: { self: true } })
  expect((await t.request('/api/posts', { as: { token }, method: 'POST', json: { caption: 'hi' } })).status).toBe(201)
  const page = await t.signIn('/sessions', 'ann', 'a long password')
  expect([page.status, page.headers.get('location')]).toEqual([303, '/'])
  expect(page.headers.get('set-cookie')).toMatch(/^session=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('a wrong password and an unknown handle are told the same, in the form and without the password', async () => {
  using t = await withAnn()
  const [wrong, unknown] = [await t.signIn('/sessions', 'ann', 'not this one'), await t.signIn('/sessions', 'bob', 'not this one')]
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  const text = await wrong.text()
  expect([text.includes('value="ann"'), text.includes('not this one')]).toEqual([true, false])
  expect((await unknown.text()).replace('bob', 'ann')).toBe(text)
})

test('signing out is immediate, of this session only', async () => {
  using t = await withAnn()
  const [here, there] = [
    await (await t.signIn('/api/sessions', 'ann', 'a long password')).json(),
    await (await t.signIn('/api/sessions', 'ann', 'a long password')).json(),
  ]
  expect((await t.request('/api/sessions/current', { as: here, method: 'DELETE' })).status).toBe(204)
  expect((await t.request('/api/sessions/current', { as: here, method: 'DELETE' })).status).toBe(401)
  expect((await t.request('/api/sessions/current', { as: there, method: 'DELETE' })).status).toBe(204)
})

test('thirty days without use end a session; use renews its cookie once a day', async () => {
  using t = await withAnn()
  const { token } = await (await t.signIn('/api/sessions', 'ann', 'a long password')).json()
  const visit = (cookie: string) => t.request('/', { headers: { cookie } })
  expect((await visit(`session=${token}`)).headers.get('set-cookie')).toBeNull()
  t.pass(20 * DAY_MS)
  const renewed = (await visit(`session=${token}`)).headers.get('set-cookie')!.split(';')[0]!
  t.pass(20 * DAY_MS)
  expect([await t.me(`session=${token}`), await t.me(renewed)].map((page) => page.includes('Publish'))).toEqual([false, true])
})

test('a token of another key, purpose or algorithm is nobody', async () => {
  using t = await withAnn()
  const forge = (alg: string, aud: string, key: Uint8Array) =>
    new SignJWT({ sid: 1 })
      .setProtectedHeader({ alg })
      .setAudience(aud)
      .setSubject('1')
      .setExpirationTime(new Date(+t.app.now() + DAY_MS))
      .sign(key)
  for (const token of [
    await forge('HS256', 'session', new Uint8Array(32)),
    'x',
    `${btoa('{"alg":"none"}')}.${btoa('{"sub":"1","sid":1,"aud":"session"}')}.`,
  ])
    expect((await t.request('/api/sessions/0', { as: { token }, method: 'DELETE' })).status).toBe(401)
})
