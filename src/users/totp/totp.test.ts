import { expect, test } from 'bun:test'
import { codeAt, pairPhone, post, statuses, withPhone, wrong } from '../../../test/authenticator'
import { problem, testApp } from '../../../test/harness'
import { mailApp, PASSWORD as password } from '../../../test/mail-app'
import { stepOf } from './secret'

const MINUTE_MS = 60_000

test('codes are those of RFC 6238, one step early or late', async () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' // the secret of the RFC, "12345678901234567890"
  const step = (code: string, seconds: number) => stepOf(secret, code, new Date(seconds * 1000))
  expect(await Promise.all([step('287082', 59), step('081804', 1_111_111_109)])).toEqual([1, 37_037_036])
  expect(await Promise.all([step('287082', 89), step('287082', 29)])).toEqual([1, 1])
  expect(await Promise.all([step('287082', 90), step('94287082', 59)])).toEqual([undefined, undefined])
})

test('an app is set up with the password and its first code, and until then changes nothing', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password })
  const account = async () => (await t.api(ann, 'GET /users/account')).body.secondFactor
  expect(await t.api(ann, 'POST /users/account/totp', { password: 'a wrong password' })).toEqual(
    problem(403, 'wrong_password'),
  )
  expect(await t.api(ann, 'PUT /users/account/totp', { code: '123456' })).toEqual(problem(409, 'not_started'))
  await t.api(await t.user('boss', { role: 'admin' }), 'PATCH /admin/settings', { siteName: 'Our: 사진' })

  const first = await t.api(ann, 'POST /users/account/totp', { password })
  const { status, body, headers } = await t.api(ann, 'POST /users/account/totp', { password })
  expect([first.status, status, headers.get('cache-control')]).toEqual([201, 201, 'no-store'])
  expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
  const uri = new URL(body.uri)
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/Our  사진:ann'])
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Our  사진',
    secret: body.secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
  expect([await account(), (await t.api(null, 'POST /sessions', { handle: 'ann', password })).status]).toEqual([
    false,
    201,
  ])
  const replaced = codeAt(first.body.secret, t.app.now())
  expect(await t.api(ann, 'PUT /users/account/totp', { code: replaced })).toEqual(problem(403, 'wrong_code'))
  const code = codeAt(body.secret, t.app.now())
  const on = await t.api(ann, 'PUT /users/account/totp', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
  expect([on.status, new Set(on.body.recoveryCodes).size, on.headers.get('cache-control')]).toEqual([
    200,
    10,
    'no-store',
  ])
  expect([await account(), (await t.api(ann, 'GET /users/account/totp')).body]).toEqual([
    true,
    { on: true, recoveryCodesLeft: 10 },
  ])
  expect(await t.api(ann, 'POST /users/account/totp', { password })).toEqual(problem(409, 'already_on'))
  expect(await t.api(ann, 'PUT /users/account/totp', { code })).toEqual(problem(409, 'not_started'))
  for (const call of ['GET', 'POST', 'PUT', 'DELETE'])
    expect(await t.api(null, `${call} /users/account/totp`, call === 'GET' ? undefined : {})).toEqual(
      problem(401, 'unauthenticated'),
    )
})

test('turning it on ends all other sessions, and a new password does not turn it off', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password })
  const { body: other } = await t.api(null, 'POST /sessions', { handle: 'ann', password })
  await pairPhone(t, ann)
  expect([
    (await t.api(other, 'GET /users/account')).status,
    (await t.api(ann, 'PUT /users/account/password', { current: password, password: 'another password' })).status,
  ]).toEqual([401, 204])
  expect(await t.api(null, 'POST /sessions', { handle: 'ann', password: 'another password' })).toEqual(
    problem(401, 'code_required'),
  )
})

test('each recovery code signs in once, however it is typed, and new ones replace them', async () => {
  using t = await withPhone()
  const [first = '', second = '', third = ''] = t.phone.recoveryCodes
  expect((await t.signIn({ code: first })).status).toBe(201)
  expect(await t.signIn({ code: first })).toEqual(problem(401, 'wrong_code'))
  expect((await t.signIn({ code: ` ${second.toLowerCase().replaceAll('-', ' ')} ` })).status).toBe(201)
  expect((await t.api(t.ann, 'GET /users/account/totp')).body).toEqual({ on: true, recoveryCodesLeft: 8 })
  const bob = await t.user('bob', { password })
  await pairPhone(t, bob)
  expect(await t.api(null, 'POST /sessions', { handle: 'bob', password, code: third })).toEqual(
    problem(401, 'wrong_code'),
  )

  const renew = (body: object) => t.api(t.ann, 'POST /users/account/totp/recovery-codes', body)
  expect(await renew({ password: 'a wrong password', code: t.phone.code() })).toEqual(problem(403, 'wrong_password'))
  expect(await renew({ password, code: wrong(t.phone.code()) })).toEqual(problem(403, 'wrong_code'))
  const renewed = await renew({ password, code: t.phone.code() })
  expect([renewed.status, new Set([...renewed.body.recoveryCodes, ...t.phone.recoveryCodes]).size]).toEqual([201, 20])
  expect(await t.signIn({ code: third })).toEqual(problem(401, 'wrong_code'))
  expect((await t.signIn({ code: renewed.body.recoveryCodes[0] })).status).toBe(201)
  const cat = await t.user('cat', { password })
  expect(await t.api(cat, 'POST /users/account/totp/recovery-codes', { password, code: '1' })).toEqual(
    problem(409, 'not_on'),
  )
})

test('turning it off takes the password and a code, and leaves nothing behind', async () => {
  using t = await withPhone()
  const off = (body: object) => t.api(t.ann, 'DELETE /users/account/totp', body)
  expect(await off({ password, code: wrong(t.phone.code()) })).toEqual(problem(403, 'wrong_code'))
  expect(await off({ password: 'a wrong password', code: t.phone.code() })).toEqual(problem(403, 'wrong_password'))
  expect(await off({ password })).toEqual(problem(422, 'invalid'))
  expect((await t.api(t.ann, 'GET /users/account')).body.secondFactor).toBe(true)
  expect((await off({ password, code: t.phone.code() })).status).toBe(204)
  expect((await off({ password, code: '' })).status).toBe(204)
  using other = t.openDatabase()
  const rows = 'select (select count(*) from second_factors), (select count(*) from recovery_codes)'
  expect(other.query(rows).values()).toEqual([[0, 0]])
  expect((await t.signIn()).status).toBe(201)
})

test('the database holds neither the secret nor the recovery codes, and no answer repeats them', async () => {
  using t = await withPhone()
  using other = t.openDatabase()
  const rows = JSON.stringify([
    ...other.query('select * from second_factors').all(),
    ...other.query('select * from recovery_codes').all(),
    ...other.query('select * from jobs').all(),
  ])
  const stored = rows.replaceAll('-', '')
  for (const secret of [t.phone.secret, ...t.phone.recoveryCodes])
    expect(stored).not.toContain(secret.replaceAll('-', ''))
  const boss = await t.user('boss', { role: 'admin' })
  for (const [as, call] of [
    [t.ann, 'GET /users/account'],
    [t.ann, 'GET /users/account/totp'],
    [boss, 'GET /admin/users'],
  ] as const)
    expect(JSON.stringify((await t.api(as, call)).body)).not.toContain(t.phone.secret)
  // A row that is copied to somebody else opens nothing.
  const bob = await t.user('bob', { password })
  await pairPhone(t, bob)
  other.run(`update second_factors set secret = (select secret from second_factors where user_id = ${t.ann.id})`)
  const stolen = await t.api(null, 'POST /sessions', { handle: 'bob', password, code: t.phone.code() })
  expect(stolen).toEqual(problem(500, 'internal'))
})

test('it survives a restart and a rotation of the keys', async () => {
  using t = await withPhone()
  const { changeKeys } = await import('../../keys')
  changeKeys(t.dir, t.app.now(), { keepFormer: false })
  using again = await testApp({}, t.dir)
  again.pass(2 * MINUTE_MS)
  const code = codeAt(t.phone.secret, again.app.now())
  const signIn = (code: string) => again.api(null, 'POST /sessions', { handle: 'ann', password, code })
  expect(statuses([await signIn(code), await signIn(t.phone.recoveryCodes[0]!), await signIn(code)])).toEqual([
    201, 201, 401,
  ])
})

test('everything can be done on pages without JavaScript', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password })
  const page = async (path: string) => (await t.request(path, { browser: ann })).text()
  expect(await page('/users/account/security')).toContain('href="/users/account/totp"')
  expect(await page('/users/account/totp')).toContain('action="/users/account/totp"')
  const refused = await post(t, '/users/account/totp', { password: 'a wrong password' }, ann)
  expect([refused.status, refused.text.includes('The password is wrong.')]).toEqual([403, true])
  const shown = await post(t, '/users/account/totp', { password }, ann)
  const key = /<code class="key">([A-Z2-7 ]+)<\/code>/.exec(shown.text)?.[1] ?? ''
  expect([shown.status, shown.headers.get('cache-control'), key]).toEqual([
    201,
    'no-store',
    expect.stringMatching(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/),
  ])
  expect(shown.text).toContain('<svg class="qr"')
  const secret = key.replaceAll(' ', '')
  const mistyped = await post(t, '/users/account/totp?_method=PUT', { code: wrong(codeAt(secret, t.app.now())) }, ann)
  expect([mistyped.status, mistyped.text.includes('_method=PUT'), mistyped.text.includes(secret)]).toEqual([
    403,
    true,
    false,
  ])
  const done = await post(t, '/users/account/totp?_method=PUT', { code: codeAt(secret, t.app.now()) }, ann)
  const codes = done.text.match(/<code>[0-9A-Z-]{19}<\/code>/g) ?? []
  expect([done.status, codes.length, done.headers.get('cache-control')]).toEqual([200, 10, 'no-store'])
  expect(await page('/users/account/totp')).not.toContain(codes[0]!)
  t.pass(MINUTE_MS)
  const proof = () => ({ password, code: codeAt(secret, t.app.now()) })
  const renewed = await post(t, '/users/account/totp/recovery-codes', proof(), ann)
  expect([renewed.status, renewed.text.includes(codes[0]!)]).toEqual([201, false])
  t.pass(MINUTE_MS)
  const off = await post(t, '/users/account/totp?_method=DELETE', proof(), ann)
  expect([off.status, off.headers.get('location')]).toEqual([303, '/users/account/totp'])
})

test('its owner is told by mail about every change', async () => {
  await using t = await mailApp({ env: { PINHOLE_RATE_LIMITS: 'off' } })
  const ann = await t.reachable('ann')
  const boss = await t.user('boss', { role: 'admin' })
  const subjects = async () => {
    await t.runJobs()
    return t.smtp.mails.splice(0).map(({ headers }) => headers.subject)
  }
  const phone = await pairPhone(t, ann)
  expect(await subjects()).toEqual(['Two-step verification is on'])
  const known = { 'user-agent': 'test' } // the device of Ann's session
  const signIn = (code: string) => t.api(null, 'POST /sessions', { handle: 'ann', password, code }, known)
  await signIn(phone.recoveryCodes[0]!)
  expect(await subjects()).toEqual(['A recovery code was used'])
  await t.api(ann, 'POST /users/account/totp/recovery-codes', { password, code: phone.code() })
  expect(await subjects()).toEqual(['You have new recovery codes'])
  for (let i = 0; i < 10; i++) await signIn(wrong(phone.code()))
  expect(await subjects()).toEqual(['Someone is guessing your codes'])
  t.pass(20 * MINUTE_MS)
  await t.api(ann, 'DELETE /users/account/totp', { password, code: phone.code() })
  expect(await subjects()).toEqual(['Two-step verification is off'])
  await pairPhone(t, ann)
  await t.api(boss, 'DELETE /admin/users/ann/totp')
  await t.api(boss, 'DELETE /admin/users/ann/totp')
  await t.runJobs()
  expect(t.smtp.mails.map(({ text }) => text.includes('The staff turned off'))).toEqual([false, true])
})

test('a mailed reset of the password does not turn it off', async () => {
  using t = await withPhone()
  const boss = await t.user('boss', { role: 'admin' })
  const { url } = (await t.api(boss, 'POST /admin/users/ann/resets')).body
  const token = new URL(url).searchParams.get('token')
  expect((await t.api(null, 'POST /users/resets', { token, password: 'another password' })).status).toBe(204)
  expect(await t.signIn({ password: 'another password' })).toEqual(problem(401, 'code_required'))
  expect((await t.signIn({ password: 'another password', code: t.phone.code() })).status).toBe(201)
})

test('deleting the account erases it', async () => {
  using t = await withPhone()
  expect((await t.api(t.ann, 'DELETE /users/account', { password, immediately: true })).status).toBe(204)
  using other = t.openDatabase()
  const rows = 'select (select count(*) from second_factors), (select count(*) from recovery_codes)'
  expect(other.query(rows).values()).toEqual([[0, 0]])
})
