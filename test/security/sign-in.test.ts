import { afterEach, expect, spyOn, test } from 'bun:test'
import { networkOf } from '../../src/http/client'
import { hashPassword } from '../../src/users/password'
import { problem, type TestApp, testApp } from '../harness'

const password = 'a long password'
const real = Bun.password.verify
const verify = spyOn(Bun.password, 'verify')
const hash = spyOn(Bun.password, 'hash')
afterEach(() => {
  verify.mockClear()
  verify.mockImplementation(real)
  hash.mockClear()
})

/** Skips the expensive comparison where only the number of attempts matters. */
const allWrong = () => verify.mockImplementation(async () => false)

const signIn = (t: TestApp, handle: string, word = 'wrong password', from = '192.0.2.1') =>
  t.request('/api/sessions', { method: 'POST', json: { handle, password: word }, from })
const statuses = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort()
const times = (status: number, count: number) => Array(count).fill(status)

test('an unknown handle and a wrong password cost one password hash each and get the same response', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  await t.app.write(async (tx) => {
    const { changePassword } = await import('../../src/users/account')
    await changePassword(tx, ann.id, await hashPassword(password), t.app.now())
  })
  await signIn(t, 'warm-up')
  const told: unknown[] = []
  for (const handle of ['ann', 'nobody', '-1', '%', "' or 1=1", 'ann\0', 'a'.repeat(100)]) {
    verify.mockClear()
    const answer = await signIn(t, handle)
    told.push([answer.status, verify.mock.calls.length, await answer.text()])
  }
  expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(told[0]).toEqual([401, 1, expect.stringContaining('The handle or password is wrong.')])
  // and the hashes compared with are equally hard
  await Promise.all(verify.mock.results.map(({ value }) => value))
  const against = verify.mock.calls.map(([, stored]) => String(stored).split('$').slice(1, 4).join('$'))
  expect(new Set(against)).toEqual(new Set(['argon2id$v=19$m=19456,t=2,p=1']))
})

test('a hundred simultaneous wrong passwords count as no more than ten attempts', async () => {
  using t = await testApp()
  await t.user('ann', { password })
  expect(
    await statuses(Array.from({ length: 100 }, (_, i) => signIn(t, 'ann', 'wrong password', `192.0.2.${i}`))),
  ).toEqual([...times(401, 10), ...times(429, 90)])
  expect(verify).toHaveBeenCalledTimes(10)
  expect((await signIn(t, 'ann', password)).status).toBe(429)
})

test('no letter of another alphabet stands for one of a handle, as attempts are counted for what was written', async () => {
  using t = await testApp()
  const iris = await t.user('iris_k', { password })
  for (const handle of ['\u0130ris_k', 'ir\u0130s_k', 'iris_\u212A'])
    expect([handle, (await signIn(t, handle, password)).status]).toEqual([handle, 401])
  for (const handle of ['%C4%B0ris_k', 'iris_%E2%84%AA'])
    expect([handle, (await t.api(iris, `GET /users/${handle}`)).status]).toEqual([handle, 404])
  expect((await signIn(t, 'IRIS_K', password)).status).toBe(201)
})

test('one address has fifty attempts, however many handles it tries at the same time', async () => {
  allWrong()
  using t = await testApp()
  expect(await statuses(Array.from({ length: 80 }, (_, i) => signIn(t, `nobody${i}`)))).toEqual([
    ...times(401, 50),
    ...times(429, 30),
  ])
})

test('many people who sign in with the right password at the same time are not limited', async () => {
  using t = await testApp()
  await t.user('ann', { password })
  for (let i = 0; i < 3; i++)
    expect(await statuses(Array.from({ length: 9 }, () => signIn(t, 'ann', password)))).toEqual(times(201, 9))
})

test('a signed-in person cannot try out passwords more often than the sign-in page allows', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password })
  const change = (current: string) =>
    t.api(ann, 'PUT /users/account/password', { current, password: 'another password' })
  const leave = (word: string) => t.api(ann, 'DELETE /users/account', { password: word, immediately: true })
  expect(await statuses(Array.from({ length: 30 }, (_, i) => (i % 2 ? change('wrong') : leave('wrong'))))).toEqual([
    ...times(403, 10),
    ...times(429, 20),
  ])
  expect(await change(password)).toEqual(problem(429, 'rate_limited'))
})

test('IPv6 addresses are counted by network, because one person has many of them', async () => {
  allWrong()
  expect(
    [
      '2001:db8:1:2:3:4:5:6',
      '2001:db8:1:2::',
      '2001:DB8:1:2:ffff::1',
      '::1',
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '::ffff:c000:201',
      '',
    ].map(networkOf),
  ).toEqual([
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '0:0:0:0::/64',
    '192.0.2.1',
    '192.0.2.1',
    '192.0.2.1',
    '',
  ])
  using t = await testApp()
  const from = (network: string) =>
    Array.from({ length: 60 }, (_, i) => signIn(t, `nobody${i}`, 'wrong', `2001:db8:0:${network}::${i.toString(16)}`))
  expect(await statuses(from('1'))).toEqual([...times(401, 50), ...times(429, 10)])
  expect(await statuses(from('2'))).toEqual([...times(401, 50), ...times(429, 10)])
})

test('an address forwarded by a trusted proxy may include a port, and an invalid address is ignored', async () => {
  allWrong()
  using t = await testApp({ PINHOLE_TRUST_PROXY: '192.0.2.1' })
  const via = (said: string, i: number) =>
    t.request('/api/sessions', {
      method: 'POST',
      json: { handle: `nobody${i}`, password: 'wrong' },
      headers: { 'x-forwarded-for': said },
    })
  const shapes = (i: number) =>
    [`198.51.100.1:${1000 + i}`, ' 198.51.100.1', '::ffff:198.51.100.1', `[::ffff:198.51.100.1]:${i}`][i % 4]!
  expect(await statuses(Array.from({ length: 60 }, (_, i) => via(shapes(i), i)))).toEqual([
    ...times(401, 50),
    ...times(429, 10),
  ])
  expect(await statuses(Array.from({ length: 60 }, (_, i) => via(`made up ${i}`, 100 + i)))).toEqual([
    ...times(401, 50),
    ...times(429, 10),
  ])
  // A local proxy may reach a server that listens on all addresses over IPv4, which appears as an IPv4-mapped IPv6
  // address.
  using mapped = await testApp({ PINHOLE_TRUST_PROXY: '1' })
  const behind = (i: number) =>
    mapped.request('/api/sessions', {
      method: 'POST',
      json: { handle: `nobody${i}`, password: 'wrong' },
      headers: { 'x-forwarded-for': `198.51.100.${i}` },
      from: '::ffff:127.0.0.1',
    })
  expect(await statuses(Array.from({ length: 60 }, (_, i) => behind(i)))).toEqual(times(401, 60))
})

test('an invalid reset link costs no password hash', async () => {
  using t = await testApp()
  const tries = Array.from({ length: 20 }, () => t.api(null, 'POST /users/resets', { token: 'made up', password }))
  expect(await statuses(tries)).toEqual(times(410, 20))
  expect((await t.api(null, 'POST /setup', { token: 'made up', handle: 'boss', password })).status).toBe(403)
  expect(hash).not.toHaveBeenCalled()
})

test('a reset link ends with a new password, another role or the deletion of the account', async () => {
  using t = await testApp()
  const [boss, mod] = [await t.user('boss', { role: 'admin' }), await t.user('mod', { role: 'moderator' })]
  const [ann, bob, cat] = [await t.user('ann', { password }), await t.user('bob'), await t.user('cat', { password })]
  const linkTo = async (handle: string) =>
    new URL((await t.api(mod, `POST /admin/users/${handle}/resets`)).body.url).searchParams.get('token')!
  const use = async (token: string) =>
    (await t.api(null, 'POST /users/resets', { token, password: 'another password' })).status
  const links = [await linkTo('ann'), await linkTo('ann'), await linkTo('bob'), await linkTo('cat')]
  expect(
    (await t.api(ann, 'PUT /users/account/password', { current: password, password: 'another password' })).status,
  ).toBe(204)
  // With the old link, mod could take over the account of an administrator.
  expect((await t.api(boss, 'PATCH /admin/users/bob', { role: 'admin' })).status).toBe(200)
  expect((await t.api(cat, 'DELETE /users/account', { password, immediately: true })).status).toBe(204)
  expect(await Promise.all(links.map(use))).toEqual([410, 410, 410, 410])
  expect((await t.api(bob, 'GET /users/account')).body.role).toBe('admin')
  expect(await t.api(mod, 'POST /admin/users/bob/resets')).toEqual(problem(403, 'forbidden'))
})

test('HEAD requests count towards the limit for anonymous reads', async () => {
  using t = await testApp({ PINHOLE_ACCESS: 'public' })
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PATCH /admin/settings', { limits: { anonymousReads: 3 } })
  const reads = []
  for (const method of ['HEAD', 'GET', 'HEAD', 'HEAD', 'GET'])
    reads.push((await t.request('/posts', { method })).status)
  expect(reads).toEqual([200, 200, 200, 429, 429])
})
