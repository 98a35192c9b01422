import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const DAY_MS = 24 * 3600_000
const password = 'another password'

async function withReset() {
  const t = await testApp()
  const [admin, mod, ann] = [
    await t.user('boss', { role: 'admin' }),
    await t.user('mod', { role: 'moderator' }),
    await t.user('ann', { password: 'a long password' }),
  ]
  const made = await t.api(mod, 'POST /admin/users/ann/resets')
  expect(made.headers.get('cache-control')).toBe('no-store')
  const token = new URL(made.body.url).searchParams.get('token')!
  return {
    ...t,
    admin,
    mod,
    ann,
    made,
    token,
    use: (token: string, word = password) => t.api(null, 'POST /users/resets', { token, password: word }),
  }
}

test('a reset link from the staff sets a password once and ends every session', async () => {
  using t = await withReset()
  expect([t.made.status, t.made.body.handle, +new Date(t.made.body.expiresAt)]).toEqual([
    201,
    'ann',
    +t.app.now() + DAY_MS,
  ])
  const page = await t.request(`/users/resets/new?token=${t.token}`)
  expect([page.status, (await page.text()).includes(t.token)]).toEqual([200, true])
  expect(await t.use(t.token, 'short')).toEqual(problem(422, 'invalid'))
  expect((await t.use(t.token)).status).toBe(204)
  expect((await t.api(t.ann, 'GET /users/account')).status).toBe(401)
  expect((await t.api(null, 'POST /sessions', { handle: 'ann', password })).status).toBe(201)
  expect([(await t.use(t.token)).status, (await t.request(`/users/resets/new?token=${t.token}`)).status]).toEqual([
    410, 410,
  ])
})

test('when two people use a link at once, only one of them succeeds', async () => {
  using t = await withReset()
  const answers = await Promise.all([t.use(t.token), t.use(t.token, 'yet another one')])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 410])
})

test('an expired link or one for another purpose is rejected', async () => {
  using t = await withReset()
  const invite = await t.app.links.sign('invite', 1, new Date(+t.app.now() + DAY_MS))
  for (const token of ['', 'x', invite]) expect((await t.use(token)).status).toBe(410)
  t.pass(DAY_MS)
  expect((await t.use(t.token)).status).toBe(410)
})

test('members create no reset links, and moderators none for an administrator', async () => {
  using t = await withReset()
  expect(await t.api(t.ann, 'POST /admin/users/boss/resets')).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.mod, 'POST /admin/users/boss/resets')).toEqual(problem(403, 'forbidden'))
  expect((await t.api(t.admin, 'POST /admin/users/boss/resets')).status).toBe(201)
  expect((await t.api(t.admin, 'POST /admin/users/nobody/resets')).status).toBe(404)
  const page = await t.request('/admin/users/ann/resets', { method: 'POST', browser: t.mod, form: {} })
  expect([page.status, (await page.text()).includes('/users/resets/new?token=')]).toEqual([201, true])
})
