import { expect, test } from 'bun:test'
import { type As, type Json, problem, type Somebody, type TestApp, testApp } from '../../../test/harness'
import { PASSWORD as password } from '../../../test/mail-app'
import { type Device, newDevice } from '../../../test/passkey'
import { passkeys } from '../../cli/checks/passkeys'
import type { Config } from '../../config'
import { hostsOfPasskeys } from './hosts'

const checkHosts = passkeys.run

const URL = 'https://photos.example.org'
const origin = URL
const HERE = { origin: URL }

async function withPasskeys(env: Record<string, string> = {}) {
  const t = await testApp({ PINHOLE_URL: URL, ...env })
  return { ...t, ann: await t.user('ann', { password }) }
}

const options = (t: TestApp, as: As, body: object = { password }) =>
  t.api(as, 'POST /users/account/passkeys/options', body)

/** Adds a passkey and returns its device. */
async function add(t: TestApp, as: As, name?: string, device = newDevice()) {
  const response = device.create((await options(t, as)).body, HERE)
  const { status, body } = await t.api(as, 'POST /users/account/passkeys', { ...(name && { name }), response })
  return { device, status, body }
}

async function enter(t: TestApp, device: Device, changes: object = HERE) {
  const { body } = await t.api(null, 'POST /sessions/passkeys/options')
  return t.api(null, 'POST /sessions/passkeys', { response: device.get(body, changes) })
}

test('a passkey is added with the password, signs in without one, and is renamed and removed', async () => {
  using t = await withPasskeys()
  expect(await options(t, t.ann, {})).toEqual(problem(403, 'password_required'))
  expect(await options(t, t.ann, { password: 'wrong password' })).toEqual(problem(403, 'wrong_password'))
  const asked = (await options(t, t.ann)).body
  expect(asked).toMatchObject({
    rp: { id: 'photos.example.org', name: 'Pinhole' },
    user: { name: 'ann', displayName: 'ann' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [],
  })
  const { device, status, body } = await add(t, t.ann, 'Phone')
  expect([status, body]).toMatchObject([
    201,
    { name: 'Phone', lastUsedAt: null, synced: true, host: 'photos.example.org', usable: true },
  ])
  expect((await options(t, t.ann)).body.excludeCredentials).toHaveLength(1)

  const entered = await enter(t, device)
  expect([entered.status, entered.body]).toMatchObject([
    201,
    { user: { handle: 'ann', passkeys: 1, hasPassword: true } },
  ])
  const here = { token: entered.body.token as string }
  expect((await t.api(here, 'GET /users/account')).status).toBe(200)
  const [listed] = (await t.api(t.ann, 'GET /users/account/passkeys')).body.items
  expect(listed).toMatchObject({ id: body.id, lastUsedAt: t.app.now().toISOString() })

  await add(t, t.ann)
  const names = async () => (await t.api(t.ann, 'GET /users/account/passkeys')).body.items.map(({ name }: Json) => name)
  expect(await names()).toEqual(['Passkey 2', 'Phone'])
  expect((await t.api(t.ann, `PATCH /users/account/passkeys/${body.id}`, { name: 'Old phone' })).body.name).toBe(
    'Old phone',
  )
  const bob = await t.user('bob')
  expect((await t.api(bob, `PATCH /users/account/passkeys/${body.id}`, { name: 'Mine' })).status).toBe(404)
  expect((await t.api(bob, `DELETE /users/account/passkeys/${body.id}`)).status).toBe(204)
  expect(await names()).toEqual(['Passkey 2', 'Old phone'])
  for (let i = 0; i < 2; i++) expect((await t.api(t.ann, `DELETE /users/account/passkeys/${body.id}`)).status).toBe(204)
  expect(await names()).toEqual(['Passkey 2'])
  expect(await enter(t, device)).toEqual(problem(401, 'unknown_passkey'))
})

test('an answer counts once, for its own use, origin and person, and only from an unlocked device', async () => {
  using t = await withPasskeys()
  const { device } = await add(t, t.ann)
  const ask = async () => (await t.api(null, 'POST /sessions/passkeys/options')).body
  const send = (response: unknown) => t.api(null, 'POST /sessions/passkeys', { response })
  const answer = device.get(await ask(), HERE)
  const both = await Promise.all([send(answer), send(answer)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 401])
  expect(await send(answer)).toEqual(problem(401, expect.any(String)))

  const wrong = problem(401, 'wrong_passkey')
  expect(await send(device.get(await ask(), { origin: 'https://evil.example' }))).toEqual(wrong)
  expect(await send(device.get(await ask(), { ...HERE, flags: 0x01 }))).toEqual(wrong)
  expect(
    await send({ ...device.get(await ask(), HERE), response: newDevice().get(await ask(), HERE).response }),
  ).toEqual(wrong)
  const late = device.get(await ask(), HERE)
  t.pass(3601_000)
  expect(await send(late)).toEqual(problem(401, 'challenge_expired'))
  const forged = { challenge: Buffer.from('made up').toString('base64url'), rpId: 'photos.example.org' }
  expect(await send(device.get(forged, HERE))).toEqual(problem(401, 'challenge_expired'))
  const adding = (await options(t, t.ann)).body
  expect(await send(device.get({ ...adding, rpId: adding.rp.id }, HERE))).toEqual(problem(401, 'challenge_expired'))
  for (const given of ['no json', '{}', 5, null, { id: 'x' }]) expect((await send(given)).status).toBe(422)

  // A device that counts fewer uses than before is a copy.
  device.rewind(0)
  expect(await send(device.get(await ask(), HERE))).toEqual(wrong)

  const bob = await t.user('bob', { password })
  const started = (await options(t, t.ann)).body
  const response = newDevice().create(started, HERE)
  expect(await t.api(bob, 'POST /users/account/passkeys', { response })).toEqual(problem(403, 'forbidden'))
  expect((await t.api(t.ann, 'POST /users/account/passkeys', { response })).status).toBe(201)
  expect(await t.api(t.ann, 'POST /users/account/passkeys', { response })).toEqual(problem(409, 'already_added'))
  const tampered = newDevice().create((await options(t, t.ann)).body, { origin: 'https://evil.example' })
  expect(await t.api(t.ann, 'POST /users/account/passkeys', { response: tampered })).toEqual(
    problem(422, 'wrong_passkey'),
  )
})

/** Signs up with a passkey alone. */
async function join(t: TestApp, handle: string, more: object = {}) {
  const device = newDevice()
  const asked = await t.api(null, 'POST /users/passkeys/options', { handle, displayName: 'Mina' })
  expect([asked.status, asked.body.user]).toMatchObject([200, { name: handle, displayName: 'Mina' }])
  const passkey = device.create(asked.body, HERE)
  const made = await t.api(null, 'POST /users', { handle, displayName: 'Mina', passkey, ...more })
  return { device, made }
}

test('an account without a password is made, used, given a password and deleted by its passkey', async () => {
  using t = await withPasskeys({ PINHOLE_REGISTRATION: 'open' })
  expect(await t.api(null, 'POST /users/passkeys/options', { handle: 'ann' })).toEqual(problem(409, 'handle_taken'))
  expect(await t.api(null, 'POST /users', { handle: 'mina' })).toEqual(problem(422, 'invalid'))
  expect(await t.api(null, 'POST /users', { handle: 'mina', passkey: {} })).toEqual(problem(422, 'invalid'))
  const { device, made } = await join(t, 'mina')
  expect(made.status).toBe(201)
  for (const guess of ['', password, 'a long password'])
    expect((await t.api(null, 'POST /sessions', { handle: 'mina', password: guess })).status).toBe(401)
  const me = { token: (await enter(t, device)).body.token as string }
  const [only] = (await t.api(me, 'GET /users/account/passkeys')).body.items
  expect(only.name).toBe('Passkey 1')
  expect(await t.api(me, `DELETE /users/account/passkeys/${only.id}`)).toEqual(problem(409, 'last_way_in'))

  // Within ten minutes of the passkey no password is asked for, and after that the passkey is.
  const token = (as: As) => t.api(as, 'POST /tokens', { name: 'Mirror', scopes: ['read'] })
  expect((await token(me)).status).toBe(201)
  t.pass(600_001)
  expect(await token(me)).toEqual(problem(403, 'password_required'))
  expect(await options(t, me, {})).toEqual(problem(403, 'password_required'))
  const prove = async (as: As, whose: Device) => {
    const asked = (await t.api(as, 'POST /sessions/passkeys/proofs/options')).body
    return t.api(as, 'POST /sessions/passkeys/proofs', { response: whose.get(asked, HERE) })
  }
  const anns = await add(t, t.ann)
  expect(await prove(me, anns.device)).toEqual(problem(403, 'wrong_passkey'))
  expect((await prove(me, device)).status).toBe(204)
  expect((await token(me)).status).toBe(201)
  expect((await options(t, me, {})).status).toBe(200)
  expect((await t.api(me, 'PUT /users/account/password', { password: 'a brand new password' })).status).toBe(204)
  expect((await t.api(null, 'POST /sessions', { handle: 'mina', password: 'a brand new password' })).status).toBe(201)
  expect((await t.api(me, `DELETE /users/account/passkeys/${only.id}`)).status).toBe(204)

  const second = await join(t, 'nari')
  const nari = { token: (await enter(t, second.device)).body.token as string }
  expect((await t.api(nari, 'DELETE /users/account', { immediately: true })).status).toBe(204)
  expect(await enter(t, second.device)).toEqual(problem(401, 'unknown_passkey'))
})

test('a passkey is a second factor, and a suspended member enters by none', async () => {
  using t = await withPasskeys()
  const boss = await t.user('boss', { role: 'admin', password })
  const strict = (as: As) => t.api(as, 'PATCH /admin/settings', { staffSecondFactor: true })
  expect(await strict(boss)).toEqual(problem(409, 'not_on'))
  const { device } = await add(t, boss)
  const byPasskey = { token: (await enter(t, device)).body.token as string }
  expect((await strict(byPasskey)).status).toBe(200)
  expect((await t.api(byPasskey, 'GET /admin/users')).status).toBe(200)
  expect(await t.api(boss, 'GET /admin/users')).toEqual(problem(403, 'second_factor_required'))

  const anns = await add(t, t.ann)
  await t.api(byPasskey, 'PUT /admin/users/ann/suspension', { reason: 'Spam.' })
  expect(await enter(t, anns.device)).toEqual(problem(403, 'suspended'))
})

test('a suspended person without a password answers with a passkey, once', async () => {
  using t = await withPasskeys({ PINHOLE_REGISTRATION: 'open' })
  const boss = await t.user('boss', { role: 'admin', password })
  const { device } = await join(t, 'nari')
  const asked = async () => (await t.api(null, 'POST /sessions/passkeys/options')).body
  const answer = async (response: object) => t.api(null, 'POST /appeals', { response, text: 'It was not me.' })
  expect(await answer(device.get(await asked(), HERE))).toEqual(problem(409, 'not_suspended'))
  await t.api(boss, 'PUT /admin/users/nari/suspension', { reason: 'Spam.' })
  expect(await answer(newDevice().get(await asked(), HERE))).toEqual(problem(401, 'unknown_passkey'))
  expect((await answer({})).status).toBe(422)
  const response = device.get(await asked(), HERE)
  expect((await answer(response)).status).toBe(201)
  expect((await answer(response)).status).toBe(401) // nobody sends it a second time
  expect(await answer(device.get(await asked(), HERE))).toEqual(problem(409, 'already_appealed'))
  const [appeal] = (await t.api(boss, 'GET /admin/appeals')).body.items
  expect(appeal).toMatchObject({ about: 'suspension', user: { handle: 'nari' }, text: 'It was not me.' })
  await t.api(boss, `PATCH /admin/appeals/${appeal.id}`, { outcome: 'granted' })
  expect((await enter(t, device)).status).toBe(201)
  const page = await (await t.request('/appeals/new', { headers: { host: 'photos.example.org' } })).text()
  expect(page).toContain('data-passkey="answer"')
  const form = { response: JSON.stringify(device.get(await asked(), HERE)), next: '/' }
  await t.api(boss, 'PUT /admin/users/nari/suspension', { reason: 'Again.' })
  const refused = await t.request('/sessions/passkeys', { method: 'POST', form })
  expect(await refused.text()).toContain('href="/appeals/new"')
})

test('passkeys are refused, with the reason, where browsers do not allow them', async () => {
  const places: [env: Record<string, string>, hosts: Record<string, string | undefined>][] = [
    [
      {},
      {
        'photos.example.org': 'plain_http',
        '192.168.0.7:7777': 'ip_address',
        '[2001:db8::1]:7777': 'ip_address',
        'localhost:7777': undefined,
      },
    ],
    [{ PINHOLE_URL: 'https://203.0.113.9' }, { '203.0.113.9': 'ip_address' }],
    [{ PINHOLE_URL: URL }, { 'photos.example.org': undefined }],
  ]
  for (const [env, hosts] of places) {
    using t = await testApp(env)
    const ann = await t.user('ann')
    for (const [host, reason] of Object.entries(hosts)) {
      const headers = { host }
      const body = await (await t.request('/api/sessions/passkeys/options', { method: 'POST', headers })).json()
      expect([host, body.reason, body.code]).toEqual([host, reason, reason && 'passkeys_unavailable'])
      const page = await (await t.request('/sessions/new', { headers })).text()
      expect([host, page.includes('data-passkey="sign-in"')]).toEqual([host, !reason])
      const own = await (await t.request('/users/account/passkeys', { headers, as: ann })).text()
      expect([host, own.includes('data-passkey="add"')]).toEqual([host, !reason])
    }
  }
  using t = await withPasskeys()
  const headers = { host: 'other.example' }
  const page = await (await t.request('/users/account/passkeys', { headers, as: t.ann })).text()
  expect(page).toContain(`<a href="${origin}">photos.example.org</a>`)
})

test('a passkey of an earlier address is shown as such, and no longer signs in', async () => {
  using before = await withPasskeys()
  const { device } = await add(before, before.ann)
  using t = await testApp({ PINHOLE_URL: 'https://new.example' }, before.dir)
  const [passkey] = (await t.api(before.ann as Somebody, 'GET /users/account/passkeys')).body.items
  expect(passkey).toMatchObject({ host: 'photos.example.org', usable: false })
  expect(await enter(t, device, { origin: 'https://new.example' })).toEqual(problem(401, 'unknown_passkey'))
})

test('the passkeys of each host are counted, with the members whom another address would shut out', async () => {
  using t = await withPasskeys({ PINHOLE_REGISTRATION: 'open' })
  expect(await hostsOfPasskeys(t.app.db)).toEqual([])
  await add(t, t.ann)
  await add(t, t.ann)
  await join(t, 'mina')
  expect(await hostsOfPasskeys(t.app.db)).toEqual([{ host: 'photos.example.org', people: 2, stranded: 1 }])
  const check = async (url?: string) => {
    const config = { url } as Config
    return checkHosts({ config, database: { ...t.place, path: t.path } } as Parameters<typeof checkHosts>[0])
  }
  expect(await check(URL)).toMatchObject([{ status: 'ok', detail: expect.stringContaining('2 members') }])
  expect(await check('https://new.example')).toMatchObject([
    { status: 'warn', detail: expect.stringContaining('1 of them have no password') },
  ])
})
