import { expect, test } from 'bun:test'
import { type Json, problem, type Somebody, testApp } from '../../test/harness'
import { mailApp, PASSWORD } from '../../test/mail-app'

type Town = Awaited<ReturnType<typeof testApp>>

const staffOf = async (t: Town) => ({
  boss: await t.user('boss', { role: 'admin' }),
  mod: await t.user('mod', { role: 'moderator' }),
  ann: await t.user('ann'),
})
const join = (t: Pick<Town, 'api'>, handle: string, more: object = {}) =>
  t.api(null, 'POST /users', { handle, password: PASSWORD, ...more })
const signIn = (t: Pick<Town, 'api'>, handle: string) => t.api(null, 'POST /sessions', { handle, password: PASSWORD })
const handles = async (t: Pick<Town, 'api'>, as: Somebody, path: string) =>
  (await t.api(as, `GET ${path}`)).body.items.map(({ handle }: Json) => handle)

test('where the staff approve new members, nobody gets in or is seen before, and the staff decide with one press', async () => {
  await using t = await mailApp()
  const { boss, mod, ann } = await staffOf(t)
  await t.api(boss, 'PATCH /admin/settings', { registration: 'open', approval: true })
  const made = await join(t, 'new1', { email: 'new1@example.org' })
  expect([made.status, made.body.waiting]).toEqual([201, true])
  await t.runJobs()
  expect((await t.confirm('new1@example.org')).status).toBe(204)
  expect(await signIn(t, 'new1')).toEqual(problem(403, 'waiting'))
  expect(await t.api(ann, 'GET /users/new1')).toEqual(problem(404, 'not_found'))
  expect(await handles(t, ann, '/users?near=new1')).toEqual([])
  expect(await t.api(ann, 'PUT /follows/new1')).toEqual(problem(404, 'not_found'))
  await join(t, 'new2')
  for (const as of [boss, mod]) {
    const { items } = (await t.api(as, 'GET /notifications')).body
    expect(items.map(({ kind, url }: Json) => [kind, url])).toEqual([['staff', '/admin/users?state=waiting']])
  }
  expect(await handles(t, mod, '/admin/users?state=waiting')).toEqual(['new2', 'new1'])
  expect((await t.api(mod, 'GET /admin')).body.waitingMembers).toBe(2)
  expect(await t.api(ann, 'PATCH /admin/users/new1', { status: 'approved' })).toEqual(problem(403, 'forbidden'))
  expect(await t.api(mod, 'PATCH /admin/users/new1', { role: 'admin', status: 'approved' })).toEqual(
    problem(403, 'forbidden'),
  )
  t.smtp.mails.length = 0
  expect((await t.api(mod, 'PATCH /admin/users/new1', { status: 'approved' })).body).toMatchObject({ status: null })
  expect(await t.api(mod, 'PATCH /admin/users/new1', { status: 'refused' })).toEqual(problem(409, 'not_waiting'))
  await t.runJobs()
  expect(t.smtp.to('new1@example.org')?.text).toContain('You can sign in now.')
  expect((await signIn(t, 'new1')).status).toBe(201)
  expect((await t.api(ann, 'GET /users/new1')).status).toBe(200)
  const done = (await t.api(boss, 'GET /admin/actions?kind=member_approved')).body.items
  expect(done).toMatchObject([{ by: 'mod', on: 'new1' }])
})

test('a person who was refused reads the reason, can still be let in, and is forgotten after a month', async () => {
  using t = await testApp()
  const { boss, mod } = await staffOf(t)
  await t.api(boss, 'PATCH /admin/settings', { registration: 'open', approval: true })
  for (const handle of ['new1', 'new2', 'new3']) await join(t, handle)
  const decide = (handle: string, status: string, reason?: string) =>
    t.api(mod, `PATCH /admin/users/${handle}`, { status, reason })
  await decide('new1', 'refused', 'Only neighbours.')
  await decide('new2', 'refused')
  const refused = await signIn(t, 'new1')
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
    403,
    'refused',
    'The staff did not let you join: Only neighbours.',
  ])
  await decide('new2', 'approved')
  expect((await signIn(t, 'new2')).status).toBe(201)
  t.pass(31 * 24 * 3600_000)
  await t.app.write(async (tx) => (await import('../jobs/queue')).enqueue(tx, 'upkeep.sweep', {}, t.app.now()))
  await t.runJobs()
  expect((await join(t, 'new1')).status).toBe(201)
  expect(await signIn(t, 'new3')).toEqual(problem(403, 'waiting'))
})

test('the form leads to a page that says what happens now, and opens no session', async () => {
  using t = await testApp()
  const { boss } = await staffOf(t)
  await t.api(boss, 'PATCH /admin/settings', { registration: 'open', approval: true })
  const form = { handle: 'new1', password: PASSWORD }
  const sent = await t.request('/users', { method: 'POST', form })
  expect([sent.status, sent.headers.get('location'), sent.headers.get('set-cookie')]).toEqual([
    303,
    '/users/new/waiting',
    null,
  ])
  expect(await (await t.request('/users/new/waiting')).text()).toContain('Thank you for asking to join')
  const page = await t.request('/admin/users?state=waiting', { browser: boss })
  expect(await page.text()).toContain('value="approved"')
  const press = await t.request('/admin/users/new1?_method=PATCH', {
    method: 'POST',
    browser: boss,
    form: { status: 'approved' },
  })
  expect(press.status).toBe(303)
  expect((await signIn(t, 'new1')).status).toBe(201)
})

test('where anyone can join and mail is set, people only look until their address is confirmed', async () => {
  await using t = await mailApp({ env: { PINHOLE_REGISTRATION: 'open' } })
  const { ann, boss } = await staffOf(t)
  await t.api(boss, 'PATCH /admin/settings', { confirmEmail: true })
  const post = await t.post(ann)
  expect(await (await t.request('/users/new')).text()).toMatch(/name="email"[^>]*required/)
  await join(t, 'new1', { email: 'new1@example.org' })
  await t.runJobs()
  const { token } = (await signIn(t, 'new1')).body
  const me = { token }
  expect((await t.api(me, 'GET /posts')).status).toBe(200)
  for (const [call, body] of [
    [`POST /posts/${post.id}/comments`, { text: 'Spam.' }],
    [`PUT /posts/${post.id}/like`],
    ['PUT /follows/ann'],
    ['POST /posts', { caption: 'Spam.', fileIds: [1] }],
  ] as const)
    expect([call, await t.api(me, call, body)]).toEqual([call, problem(403, 'email_unconfirmed')])
  const page = await (await t.request('/', { browser: me })).text()
  expect(page).toContain('To take part, please confirm your email address.')
  expect((await t.api(me, 'PATCH /users/account', { email: 'other@example.org' })).status).toBe(200)
  await t.runJobs()
  await t.confirm('other@example.org')
  expect((await t.api(me, `POST /posts/${post.id}/comments`, { text: 'Hello.' })).status).toBe(201)
})

test('an invited person takes part at once, and with approval the staff hear of a person once the address is confirmed', async () => {
  await using t = await mailApp()
  const { boss, ann } = await staffOf(t)
  const { token: invite } = (await t.api(ann, 'POST /invites', {})).body
  await join(t, 'new1', { invite })
  const guest = (await signIn(t, 'new1')).body
  expect((await t.api(guest, 'PUT /follows/ann')).status).toBe(201)
  await t.api(boss, 'PATCH /admin/settings', { registration: 'open', approval: true, confirmEmail: true })
  await join(t, 'new2', { email: 'new2@example.org' })
  const told = async () => (await t.api(boss, 'GET /notifications')).body.items.length
  expect(await told()).toBe(0)
  await t.runJobs()
  await t.confirm('new2@example.org')
  expect(await told()).toBe(1)
})

test('the host blocks domains with their subdomains, or allows only some, however they are written', async () => {
  using t = await testApp()
  const { boss, ann } = await staffOf(t)
  const set = (patch: object) => t.api(boss, 'PATCH /admin/settings', { registration: 'open', ...patch })
  const settings = await set({ blockedDomains: ['*.Trash.example', '@우편.한국'] })
  expect(settings.body.blockedDomains).toEqual(['trash.example', 'xn--vo5bi2v.xn--3e0b707e'])
  let n = 0
  const status = async (email?: string) => (await join(t, `person${++n}`, { email })).status
  const at = async (email: string) => {
    const { body } = await join(t, `person${++n}`, { email })
    return body.errors?.[0]
  }
  expect(await at('a@trash.example')).toEqual({
    path: 'email',
    message: 'Addresses of this provider cannot be used here. Please use another one.',
  })
  for (const email of ['a@mail.TRASH.example', 'a@우편.한국', 'a@sub.우편.한국', 'a@xn--vo5bi2v.xn--3e0b707e'])
    expect([email, await status(email)]).toEqual([email, 422])
  for (const email of ['a@nottrash.example', 'a@example.org', 'a@다른우편.한국', undefined])
    expect([email, await status(email)]).toEqual([email, 201])
  expect(await t.api(ann, 'PATCH /users/account', { email: 'ann@trash.example' })).toEqual(problem(422, 'invalid'))
  await set({ blockedDomains: [], allowedDomains: ['school.example'] })
  expect((await at('a@example.org')).message).toBe('Only these addresses can be used here: @school.example')
  for (const [email, expected] of [
    ['a@school.example', 201],
    ['a@mail.school.example', 201],
    ['a@myschool.example', 422],
    [undefined, 422],
  ] as const)
    expect([email, await status(email)]).toEqual([email, expected])
  expect((await t.api(ann, 'PATCH /users/account', { displayName: 'Ann' })).status).toBe(200)
  expect(await set({ blockedDomains: ['not a domain'] })).toEqual(problem(422, 'invalid'))
})
