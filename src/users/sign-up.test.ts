import { expect, test } from 'bun:test'
import { problem, type TestApp, testApp } from '../../test/harness'

const password = 'a long password'
const open = () => testApp({ PINHOLE_REGISTRATION: 'open' })
const signUp = (t: TestApp, draft: object) => t.api(null, 'POST /users', { password, ...draft })

test('signing up creates a member', async () => {
  using t = await open()
  const made = await signUp(t, { handle: 'ann', displayName: 'Ann', email: 'ann@example.org' })
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/users/ann'])
  expect(made.body).toMatchObject({
    id: 1,
    handle: 'ann',
    displayName: 'Ann',
    bio: '',
    followers: 0,
    viewer: { self: true },
  })
  expect(JSON.stringify(made.body)).not.toContain('example.org')
  const session = await t.api(null, 'POST /sessions', { handle: 'ann', password })
  expect(session.body.user).toMatchObject({ handle: 'ann', role: 'member', email: 'ann@example.org' })
})

test('signing up on the page also signs in and leads to the main page', async () => {
  using t = await open()
  const made = await t.request('/users', {
    method: 'POST',
    form: { handle: 'ann', password, displayName: '', email: '' },
  })
  expect([made.status, made.headers.get('location')]).toEqual([303, '/'])
  const cookie = made.headers.get('set-cookie')!.split(';')[0]!
  expect((await t.request('/', { headers: { cookie } })).status).toBe(200)
})

test('a new account has the time zone of the browser, and follows the community where that is the same', async () => {
  using t = await testApp({ PINHOLE_REGISTRATION: 'open', PINHOLE_TIME_ZONE: 'Asia/Seoul' })
  const join = async (handle: string, timeZone: string) => {
    const made = await t.request('/users', { method: 'POST', form: { handle, password, timeZone } })
    const cookie = made.headers.get('set-cookie')?.split(';')[0] ?? ''
    return (await (await t.request('/api/users/account', { headers: { cookie } })).json()).timeZone
  }
  expect(await join('ann', 'Europe/Oslo')).toBe('Europe/Oslo')
  expect([await join('bob', 'Asia/Seoul'), await join('cat', '')]).toEqual([null, null])
  const nowhere = await t.api(null, 'POST /users', { handle: 'dan', password, timeZone: 'Nowhere' })
  expect(nowhere).toEqual(problem(422, 'invalid', { errors: [expect.objectContaining({ path: 'timeZone' })] }))
})

test('signing up with a password works where the page offers passkeys, too, and sends the field for one empty', async () => {
  using t = await testApp({ PINHOLE_REGISTRATION: 'open', PINHOLE_URL: 'https://photos.example.org' })
  const page = await (await t.request('/users/new')).text()
  const names = [...page.matchAll(/<input[^>]* name="(\w+)"/g)].map(([, name]) => [name!, ''])
  expect(names).toContainEqual(['passkey', ''])
  const form = { ...Object.fromEntries(names), handle: 'ann', password }
  const made = await t.request('/users', { method: 'POST', form })
  expect([made.status, made.headers.get('location')]).toEqual([303, '/'])
})

test('a handle has 3 to 30 lower-case letters, digits and _, and is not reserved', async () => {
  using t = await open()
  for (const handle of [
    'ab',
    'a'.repeat(31),
    'a b',
    'änn',
    'a-b',
    'a.b',
    '',
    'account',
    'new',
    'me',
    'ADMIN',
    'staff',
    'system',
    'pinhole',
  ])
    expect([handle, (await signUp(t, { handle })).body.errors?.[0].path]).toEqual([handle, 'handle'])
  for (const handle of ['api', 'media', 'assets', 'deleted', 'setup'])
    expect((await signUp(t, { handle })).status).toBe(422)
  for (const [handle, kept] of [
    ['abc', 'abc'],
    ['_09', '_09'],
    ['BOB', 'bob'],
    ['x'.repeat(30), 'x'.repeat(30)],
  ])
    expect((await signUp(t, { handle })).body.handle).toBe(kept)
})

test('a handle is taken only once, whatever its case and however many request it at once', async () => {
  using t = await open()
  await signUp(t, { handle: 'ann' })
  const { status, body } = await signUp(t, { handle: 'ANN' })
  expect([status, body.code, body.errors[0].path]).toEqual([409, 'handle_taken', 'handle'])
  const answers = await Promise.all(Array.from({ length: 5 }, () => signUp(t, { handle: 'bob' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
})

test('passwords and addresses are checked, and all mistakes are reported together', async () => {
  using t = await open()
  for (const bad of ['123456789', 'x'.repeat(201), 1234567890, null])
    expect((await signUp(t, { handle: 'ann', password: bad })).status).toBe(422)
  const { body } = await t.api(null, 'POST /users', {
    handle: 'a',
    password: 'short',
    email: 'nobody',
    displayName: 'x'.repeat(61),
  })
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'displayName',
    'email',
    'handle',
    'password',
  ])
  expect((await signUp(t, { handle: 'ann', password: 'x'.repeat(200) })).status).toBe(201)
})

test('the form comes back with what was typed, except the password', async () => {
  using t = await open()
  const answer = await t.request('/users', {
    method: 'POST',
    form: { handle: 'a', password: 'swordfish-is-my-word', displayName: 'Ann <3' },
  })
  const text = await answer.text()
  expect([answer.status, text.includes('Ann &lt;3'), text.includes('swordfish')]).toEqual([422, true, false])
})

test('closed sign-up refuses invitations too, and sign-up by invitation requires one', async () => {
  using closed = await testApp({ PINHOLE_REGISTRATION: 'closed' })
  using invited = await testApp()
  const admin = await closed.user('boss')
  const { token } = (await closed.api(admin, 'POST /invites', {})).body
  expect(await signUp(closed, { handle: 'ann', invite: token })).toEqual(problem(403, 'registration_closed'))
  expect(await signUp(invited, { handle: 'ann' })).toEqual(problem(403, 'invite_required'))
  for (const invite of ['x', `${token}x`, token])
    expect((await signUp(invited, { handle: 'ann', invite })).status).toBe(410)
})

test('the page says whether sign-up is closed or needs an invitation', async () => {
  using closed = await testApp({ PINHOLE_REGISTRATION: 'closed' })
  using invited = await testApp()
  const titles = ['Sign-up is closed', 'Joining is by invitation only']
  for (const [app, title] of [
    [closed, 'Sign-up is closed'],
    [invited, 'Joining is by invitation only'],
  ] as const) {
    const page = await (await app.request('/users/new')).text()
    expect(titles.filter((text) => page.includes(`<h1>${text}</h1>`))).toEqual([title])
  }
})
