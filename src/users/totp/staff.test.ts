import { expect, test } from 'bun:test'
import { pairPhone, post, withPhone } from '../../../test/authenticator'
import { type Json, problem, type Somebody, testApp } from '../../../test/harness'
import { PASSWORD as password } from '../../../test/mail-app'

test('an administrator turns it off for somebody else, and nobody lower does', async () => {
  using t = await withPhone()
  const [boss, mod] = [
    await t.user('boss', { role: 'admin', password }),
    await t.user('mod', { role: 'moderator', password }),
  ]
  const bossPhone = await pairPhone(t, boss)
  const reset = (as: Somebody | null, handle: string) => t.api(as, `DELETE /admin/users/${handle}/totp`)
  expect(await reset(null, 'ann')).toEqual(problem(401, 'unauthenticated'))
  for (const as of [t.ann, mod]) expect(await reset(as, 'ann')).toEqual(problem(403, 'forbidden'))
  expect(await reset(boss, 'boss')).toEqual(problem(409, 'own_account'))
  expect(await reset(boss, 'nobody')).toEqual(problem(404, 'not_found'))
  const seenBy = async (as: Somebody) => {
    const { items } = (await t.api(as, 'GET /admin/users')).body
    return items.find(({ handle }: Json) => handle === 'ann').secondFactor
  }
  expect([await seenBy(boss), await seenBy(mod)]).toEqual([true, null])
  const profile = async (as: Somebody) => (await t.request('/users/ann', { browser: as })).text()
  expect([await profile(boss), await profile(mod)].map((text) => text.includes('/admin/users/ann/totp'))).toEqual([
    true,
    false,
  ])
  const page = await t.request('/admin/users/ann/totp?_method=DELETE', { method: 'POST', browser: boss, form: {} })
  expect([page.status, page.headers.get('location')]).toEqual([303, '/users/ann'])
  expect((await reset(boss, 'ann')).status).toBe(204)
  expect((await t.signIn()).status).toBe(201)
  const recorded = (await t.api(boss, 'GET /admin/actions')).body.items
  expect(recorded).toMatchObject([{ kind: 'second_factor_reset', by: 'boss', on: 'ann' }])
  const told = (await t.api(t.ann, 'GET /notifications')).body.items
  expect(told).toMatchObject([{ kind: 'staff', note: expect.stringContaining('two-step verification') }])
  expect((await t.api(null, 'POST /sessions', { handle: 'boss', password, code: bossPhone.code() })).status).toBe(201)
})

const REQUIRE = { staffSecondFactor: true }

/** A community whose staff need a second factor. Only the administrator has one so far. */
async function strict() {
  const t = await testApp()
  const boss = await t.user('boss', { role: 'admin', password })
  const mod = await t.user('mod', { role: 'moderator', password })
  const phone = await pairPhone(t, boss)
  expect((await t.api(boss, 'PATCH /admin/settings', REQUIRE)).status).toBe(200)
  return { ...t, boss, mod, phone }
}

test('only an administrator with a second factor can ask it of all staff', async () => {
  using t = await testApp()
  const boss = await t.user('boss', { role: 'admin', password })
  const change = (as: Somebody, staffSecondFactor: boolean | null) =>
    t.api(as, 'PATCH /admin/settings', { staffSecondFactor, siteName: 'Ours' })
  expect(await change(boss, true)).toEqual(problem(409, 'not_on'))
  expect((await t.api(boss, 'GET /admin/settings')).body).toMatchObject({
    staffSecondFactor: false,
    siteName: 'Pinhole',
  })
  const form = { staffSecondFactor: 'on' }
  const page = await post(t, '/admin/settings?_method=PATCH', form, boss)
  expect([page.status, page.text.includes('Set up two-step verification for your own account first.')]).toEqual([
    409,
    true,
  ])
  await pairPhone(t, boss)
  expect((await change(boss, true)).body.staffSecondFactor).toBe(true)
  expect((await change(boss, null)).body.staffSecondFactor).toBe(false)
})

test('staff without one use only their own account, by every route, until they have set it up', async () => {
  using t = await strict()
  const ann = await t.user('ann', { password })
  await t.post(ann)
  const { paths } = (await t.api(null, 'GET /openapi.json')).body
  const calls = Object.entries<Record<string, unknown>>(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace('{handle}', 'ann').replace(/\{\w+\}/g, '1'),
    })),
  )
  const open = /^\/api\/(users\/account|sessions|events)(\/|$)/
  let asked = 0
  const wrongly: string[] = []
  for (const { method, path } of calls) {
    const ask = (as: Somebody | null) => t.api(as, `${method} ${path.slice(4)}`, method === 'GET' ? undefined : {})
    const isForStrangers = (await ask(null)).status !== 401
    if (open.test(path) || isForStrangers) continue
    const { status, body } = await ask(t.mod)
    asked++
    const isExplained = method === 'HEAD' || body.code === 'second_factor_required'
    if (status !== 403 || !isExplained) wrongly.push(`${method} ${path}: ${status}`)
  }
  expect([asked > 90, wrongly]).toEqual([true, []])

  const visit = async (path: string, headers = {}) => {
    const answer = await t.request(path, { browser: t.mod, headers })
    return [answer.status, answer.headers.get('location') ?? answer.headers.get('hx-redirect')]
  }
  for (const path of ['/', '/admin', '/admin/reports', '/posts/1', '/users/ann'])
    expect([path, ...(await visit(path))]).toEqual([path, 303, '/users/account/totp'])
  expect(await visit('/admin/reports', { 'hx-request': 'true' })).toEqual([403, '/users/account/totp'])
  for (const path of ['/users/account', '/sessions', '/users/account/totp'])
    expect([path, ...(await visit(path))]).toEqual([path, 200, null])
  const page = await (await t.request('/users/account/totp', { browser: t.mod })).text()
  expect(page).toContain('asks its staff for two-step verification')
  expect(await (await t.request('/users/account/totp', { browser: ann })).text()).not.toContain('asks its staff')
  expect((await t.api(t.mod, 'PATCH /users/account', { bio: 'me' })).status).toBe(200)
  for (const as of [ann, t.boss]) expect((await t.api(as, 'GET /posts')).status).toBe(200)

  const { code } = await pairPhone(t, t.mod)
  expect((await t.api(t.mod, 'GET /admin/reports')).status).toBe(200)
  expect((await t.api(t.mod, 'DELETE /users/account/totp', { password, code: code() })).status).toBe(204)
  expect(await t.api(t.mod, 'GET /admin/reports')).toEqual(problem(403, 'second_factor_required'))
  expect((await t.api(t.boss, 'PATCH /admin/users/mod', { role: 'member' })).status).toBe(200)
  expect((await t.api(t.mod, 'GET /posts')).status).toBe(200)
})

test('a request that began before a second factor was asked for or lost writes nothing afterwards', async () => {
  using t = await testApp()
  const boss = await t.user('boss', { role: 'admin', password })
  const mod = await t.user('mod', { role: 'moderator', password })
  await t.user('ann')
  const settings = async (on: boolean) => t.api(boss, 'PATCH /admin/settings', { staffSecondFactor: on })
  await pairPhone(t, boss)
  const { write } = t.app
  const during = async (call: string, body: object | undefined, happens: () => Promise<unknown>) => {
    t.app.write = async (work) => {
      t.app.write = write
      await happens()
      return write(work)
    }
    const answer = await t.api(mod, call, body)
    t.app.write = write
    return answer
  }
  const suspend = ['PUT /admin/users/ann/suspension', { reason: 'because' }] as const
  expect(await during(...suspend, () => settings(true))).toEqual(problem(403, 'second_factor_required'))
  await pairPhone(t, mod)
  const reset = () => t.api(boss, 'DELETE /admin/users/mod/totp')
  expect(await during(...suspend, reset)).toEqual(problem(403, 'second_factor_required'))
  expect((await t.api(boss, 'GET /users/ann')).status).toBe(200)
  expect((await during('PATCH /users/account', { bio: 'me' }, () => settings(true))).status).toBe(200)
})
