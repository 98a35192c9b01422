import { expect, test } from 'bun:test'
import { codeAt, post, statuses, withPhone, wrong } from '../../test/authenticator'
import { problem, testApp } from '../../test/harness'
import { PASSWORD as password } from '../../test/mail-app'

const MINUTE_MS = 60_000

const ticketIn = (text: string) => /name="ticket" value="([^"]+)"/.exec(text)?.[1] ?? ''

test('signing in takes the code, and a wrong password tells nothing about it', async () => {
  using t = await withPhone()
  const bob = await t.user('bob', { password })
  expect(await t.signIn()).toEqual(problem(401, 'code_required'))
  expect(await t.signIn({ code: ' ' })).toEqual(problem(401, 'code_required'))
  expect(await t.signIn({ code: wrong(t.phone.code()) })).toEqual(problem(401, 'wrong_code'))
  const told = async (handle: string, more: object) =>
    (await t.api(null, 'POST /sessions', { handle, password: 'a wrong password', ...more })).body
  const refusals = [
    await told('ann', {}),
    await told('ann', { code: t.phone.code() }),
    await told(bob.handle, {}),
    await told('nobody', { code: '123456' }),
  ]
  expect(new Set(refusals.map((each) => JSON.stringify(each))).size).toBe(1)
  const { status, body } = await t.signIn({ code: t.phone.code() })
  expect([status, body.user.handle, body.user.secondFactor]).toEqual([201, 'ann', true])
  expect((await t.api(null, 'POST /sessions', { handle: 'bob', password, code: '123456' })).status).toBe(201)
})

test('a clock may be one step ahead or behind, and no code or earlier code is accepted again', async () => {
  using t = await withPhone()
  const [late, now, early, later] = [-1, 0, 1, 2].map((steps) => t.phone.code(steps))
  expect(await t.signIn({ code: t.phone.code(-2) })).toEqual(problem(401, 'wrong_code'))
  expect(await t.signIn({ code: later })).toEqual(problem(401, 'wrong_code'))
  expect((await t.signIn({ code: late })).status).toBe(201)
  expect(await t.signIn({ code: late })).toEqual(problem(401, 'wrong_code'))
  expect((await t.signIn({ code: early })).status).toBe(201)
  for (const used of [late, now, early]) expect(await t.signIn({ code: used })).toEqual(problem(401, 'wrong_code'))
})

test('of many simultaneous sign-ins with one code or one recovery code, one succeeds', async () => {
  using t = await withPhone({ PINHOLE_RATE_LIMITS: 'off' })
  for (const code of [t.phone.code(), t.phone.recoveryCodes[0]]) {
    const answers = await Promise.all(Array.from({ length: 5 }, () => t.signIn({ code })))
    expect(statuses(answers)).toEqual([201, 401, 401, 401, 401])
  }
  const answers = await Promise.all([t.signIn({ code: t.phone.code(1) }), t.signIn({ code: t.phone.recoveryCodes[1] })])
  expect(statuses(answers)).toEqual([201, 201])
})

test('the code that turned it on does not sign in', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password })
  const { secret } = (await t.api(ann, 'POST /users/account/totp', { password })).body
  const code = codeAt(secret, t.app.now())
  expect((await t.api(ann, 'PUT /users/account/totp', { code })).status).toBe(200)
  expect(await t.api(null, 'POST /sessions', { handle: 'ann', password, code })).toEqual(problem(401, 'wrong_code'))
})

test('wrong codes count like wrong passwords, but a password without its code does not', async () => {
  using t = await withPhone()
  for (let i = 0; i < 15; i++) expect((await t.signIn()).body.code).toBe('code_required')
  const code = wrong(t.phone.code())
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => t.signIn({ code }, `192.0.2.${i}`)))
  expect(statuses(answers)).toEqual([...Array(10).fill(401), ...Array(10).fill(429)])
  expect(await t.signIn({ code: t.phone.code() })).toEqual(problem(429, 'rate_limited'))
})

test('codes cannot be guessed over days or across restarts, and a recovery code opens the account meanwhile', async () => {
  using t = await withPhone({ PINHOLE_RATE_LIMITS: 'off' }) // as if the limits in memory were lost again and again
  const guess = async () => {
    const { status, headers } = await t.signIn({ code: wrong(t.phone.code()) })
    return [status, Number(headers.get('retry-after'))]
  }
  for (let i = 0; i < 10; i++) expect(await guess()).toEqual([401, 0])
  expect(await guess()).toEqual([429, 15 * 60])
  expect(await t.signIn({ code: t.phone.code() })).toEqual(problem(429, 'rate_limited'))
  let guesses = 0
  for (let hour = 0; hour < 14 * 24; hour++) {
    t.pass(60 * MINUTE_MS)
    if ((await guess())[0] === 401) guesses++
  }
  expect([guesses > 12, guesses < 24]).toEqual([true, true])
  expect((await t.signIn({ code: t.phone.recoveryCodes[0] })).status).toBe(201)
  expect((await t.signIn({ code: t.phone.code() })).status).toBe(201)
})

test('the page asks for the code after the password, without sending the password back', async () => {
  using t = await withPhone()
  const asked = await post(t, '/sessions', { handle: 'ann', password, next: '/inbox' })
  expect([asked.status, asked.headers.get('set-cookie'), asked.headers.get('cache-control')]).toEqual([
    200,
    null,
    'no-store',
  ])
  expect(asked.text).toContain('autocomplete="one-time-code"')
  expect(asked.text).toContain('inputmode="numeric"')
  expect(asked.text).not.toContain(password)
  const ticket = ticketIn(asked.text)
  const retried = await post(t, '/sessions/codes', { ticket, code: wrong(t.phone.code()), next: '/inbox' })
  expect([retried.status, ticketIn(retried.text), retried.text.includes('value="/inbox"')]).toEqual([401, ticket, true])
  const code = t.phone.code()
  const opened = await post(t, '/sessions/codes', { ticket, code, next: '/inbox' })
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/inbox'])
  expect(opened.headers.get('set-cookie')).toStartWith('session=')
  expect((await post(t, '/sessions/codes', { ticket, code })).status).toBe(401)
  const recovered = await post(t, '/sessions/codes', { ticket, code: t.phone.recoveryCodes[0]!, next: '//evil.test' })
  expect([recovered.status, recovered.headers.get('location')]).toEqual([303, '/'])
  const part = await post(t, '/sessions', { handle: 'ann', password }, undefined, { 'hx-request': 'true' })
  expect([part.status, part.text.includes('<html'), ticketIn(part.text) !== '']).toEqual([200, false, true])
  const script = await t.api(null, 'POST /sessions', { handle: 'ann', password })
  const rest = { ticket: script.body.ticket, code: t.phone.code(1) }
  expect((await t.api(null, 'POST /sessions/codes', rest)).status).toBe(201)
})

test('a ticket opens nothing by itself, and ends after ten minutes, with the password and with the account', async () => {
  using t = await withPhone()
  const take = async () => (await t.signIn()).body.ticket as string
  const use = (ticket: string, code = t.phone.code()) => t.api(null, 'POST /sessions/codes', { ticket, code })
  expect(await use(t.ann.token)).toEqual(problem(401, 'ticket_expired'))
  expect(await use('made up')).toEqual(problem(401, 'ticket_expired'))
  expect(await t.api({ token: await take() }, 'GET /users/account')).toEqual(problem(401, 'unauthenticated'))
  const old = await take()
  t.pass(11 * MINUTE_MS)
  expect(await use(old)).toEqual(problem(401, 'ticket_expired'))
  const page = await t.request('/sessions/codes', { method: 'POST', form: { ticket: old, code: t.phone.code() } })
  expect([page.status, await page.text()]).toEqual([401, expect.stringContaining('name="password"')])
  const before = await take()
  await t.api(t.ann, 'PUT /users/account/password', { current: password, password: 'another password' })
  expect(await use(before)).toEqual(problem(401, 'ticket_expired'))
  const { ticket } = (await t.signIn({ password: 'another password' })).body
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PUT /admin/users/ann/suspension', { reason: 'spam' })
  expect(await use(ticket)).toEqual(problem(403, 'suspended'))
  await t.api(boss, 'DELETE /admin/users/ann/suspension')
  expect((await use(ticket)).status).toBe(201)
})

test('tickets are limited like sign-ins', async () => {
  using t = await withPhone()
  const { ticket } = (await t.signIn()).body
  const code = wrong(t.phone.code())
  const use = () => t.api(null, 'POST /sessions/codes', { ticket, code })
  const answers = await Promise.all(Array.from({ length: 15 }, use))
  expect(statuses(answers)).toEqual([...Array(10).fill(401), ...Array(5).fill(429)])
})
