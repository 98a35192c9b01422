import { beforeAll, expect, test } from 'bun:test'
import { jwtVerify, SignJWT } from 'jose'
import { readKeys } from '../../src/keys'
import { password, scriptOf } from '../acceptance/script'
import { problem, testApp } from '../harness'
import { photo } from '../photos'
import { until } from '../until'
import { type Somebody, serverWith } from './server'

const { server, ann, mod, ...people } = await serverWith(['ann', 'bob', 'mod'])
let { bob } = people
beforeAll(async () => {
  await server.boss.ask('PATCH /admin/users/mod', { role: 'moderator' })
})

const statusOf = async (token: string, path = '/users/account') =>
  (await scriptOf(server.address, token).call(`GET ${path}`)).status
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a self-made session token is not accepted', async () => {
  const key = readKeys(server.dir)('session')
  const { payload } = await jwtVerify<{ sid: number }>(ann.token, key)
  const [head, body, signature] = ann.token.split('.') as [string, string, string]
  const admin = part({ ...payload, sub: '1' })
  const make = (claims: object, by = key, audience = 'session') =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setAudience(audience).sign(by)
  const tokens = {
    'no algorithm': `${part({ alg: 'none' })}.${body}.`,
    'no algorithm, its signature': `${part({ alg: 'none' })}.${body}.${signature}`,
    'another algorithm': `${part({ alg: 'HS512' })}.${body}.${signature}`,
    'a public key as secret': `${part({ alg: 'RS256' })}.${body}.${signature}`,
    'a key brought along': `${part({ alg: 'HS256', jwk: { kty: 'oct', k: '' } })}.${body}.${signature}`,
    'another body': `${head}.${admin}.${signature}`,
    'no signature': `${head}.${body}`,
    'a signature cut short': ann.token.slice(0, -2),
    'signed with another key': await make({ ...payload }, readKeys(server.dir)('invite')),
    'made for something else': await make({ sub: payload.sub, sid: payload.sid, exp: payload.exp }, key, 'reset'),
    'of another person': await make({ ...payload, sub: '1' }),
    'of a session that does not exist': await make({ ...payload, sid: 10_000 }),
    'without an end': await make({ sub: payload.sub, sid: payload.sid }),
    'past its end': await make({ ...payload, exp: 1 }),
    'much too long': 'a'.repeat(10_000),
  }
  for (const [name, token] of Object.entries(tokens)) expect([name, await statusOf(token)]).toEqual([name, 401])
  // This token is accepted, so the key is right and the others were refused for the stated reason.
  expect(await statusOf(await make({ ...payload }))).toBe(200)
})

test('a session ends immediately wherever it is ended from, on every device', async () => {
  const [one, two] = [await server.signIn('bob'), await server.signIn('bob')]
  await one.ask('DELETE /sessions/current')
  expect([await statusOf(one.token), await statusOf(two.token)]).toEqual([401, 200])
  await two.ask('PUT /users/account/password', { current: password, password: 'another password' })
  expect([await statusOf(two.token), await statusOf(bob.token)]).toEqual([200, 401])
  await two.ask('PUT /users/account/password', { current: 'another password', password })
  bob = await server.signIn('bob')
  const others = (await ann.ask('GET /sessions')).items as { id: number }[]
  await bob.ask(`DELETE /sessions/${others[0]!.id}`) // has no effect, because it is another person’s session
  expect(await statusOf(ann.token)).toBe(200)
})

test('signing in sets a new token in a cookie that scripts cannot read, and replaces a planted one', async () => {
  const planted = { cookie: 'session=planted', 'sec-fetch-site': 'same-origin' }
  const answer = await server.fetch('/sessions', {
    method: 'POST',
    headers: planted,
    body: new URLSearchParams({ handle: 'ann', password }),
  })
  const set = answer.headers.getSetCookie()
  // The others mark that the planted session has ended, for pages that are still open, and that the device is known.
  expect(set).toHaveLength(3)
  const cookie = set.filter((each) => each.startsWith('session='))
  expect(cookie).toEqual([
    expect.stringMatching(/^session=[\w.-]{50,}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
  expect(cookie[0]).not.toContain('planted')
  const page = await server.fetch('/', { headers: { cookie: cookie[0]!.split(';')[0]! } }).then((each) => each.text())
  expect(page).not.toContain(cookie[0]!.split(/[=;]/)[1]!)
  for (const name of ['session', 'token', 'access_token', 'authorization'])
    expect((await server.fetch(`/api/users/account?${name}=${ann.token}`)).status).toBe(401)
})

test('over https the cookie is bound to this host, and one without the prefix is ignored', async () => {
  using t = await testApp({ PINHOLE_URL: 'https://photos.test', PINHOLE_REGISTRATION: 'open' })
  const answer = await t.request('/users', {
    method: 'POST',
    form: { handle: 'cat', password },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Host-session=\S+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const { token } = await t.user('dan')
  const as = async (name: string) =>
    (await t.request('/api/users/account', { headers: { cookie: `${name}=${token}` } })).status
  expect([await as('__Host-session'), await as('session')]).toEqual([200, 401])
})

test('signing in never redirects to another site', async () => {
  const elsewhere = [
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    '\\\\evil.test',
    ' //evil.test',
    'evil.test',
    '/%0d%0aLocation:%20//evil.test',
    '/.//evil.test',
    '///evil.test',
    '/@evil.test',
    'http:evil.test',
    'data:text/html,x',
    `//${'a'.repeat(1500)}`,
  ]
  const to = async (next: string) => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    const sent = await server.fetch('/sessions', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ handle: 'ann', password, next }),
    })
    const here = await server.fetch(`/sessions/new?next=${encodeURIComponent(next)}`, {
      headers: { cookie: `session=${ann.token}` },
    })
    return [sent, here].map(({ status, headers }) => [
      status,
      new URL(headers.get('location') ?? '//nowhere', server.address).origin,
    ])
  }
  for (const next of elsewhere)
    expect([next, await to(next)]).toEqual([
      next,
      [
        [303, server.address],
        [303, server.address],
      ],
    ])
  expect((await to('/posts/7?a=1')).map(([status]) => status)).toEqual([303, 303])
})

/** Calls that only staff may make. Those below are only for administrators. */
const STAFF = [
  'GET /admin',
  'GET /admin/users',
  'GET /admin/jobs',
  'POST /admin/jobs/1/attempts',
  'DELETE /admin/posts/1',
  'POST /admin/users/bob/resets',
]
const ADMIN = [
  'GET /admin/settings',
  'PATCH /admin/settings',
  'PATCH /admin/users/bob',
  'POST /admin/users/bob/grants',
  'GET /admin/vouchers',
  'POST /admin/vouchers',
  'DELETE /admin/vouchers/1',
  'GET /admin/topups',
  'PATCH /admin/topups/1',
  'GET /admin/packs',
  'POST /admin/packs',
  'DELETE /admin/packs/1-1-eur',
  'GET /admin/checkouts',
  'POST /admin/users/boss/resets',
]

test('calls for staff are refused to everyone else, however the path is written', async () => {
  const body = { role: 'admin', coins: 1, siteName: 'Mine' }
  const call = async (who: Somebody | typeof server.nobody, line: string) =>
    (await who.call(line, line.startsWith('GET') ? undefined : body)).status
  for (const line of [...STAFF, ...ADMIN])
    expect([line, await call(server.nobody, line), await call(ann, line)]).toEqual([line, 401, 403])
  for (const line of ADMIN) expect([line, await call(mod, line)]).toEqual([line, 403])
  for (const path of [
    '/admin',
    '/ADMIN',
    '/admin/',
    '//admin',
    '/admin/users/',
    '/admin%2fusers',
    '/Admin/users',
    '/./admin',
    '/posts/../admin',
    '/api/../admin',
  ]) {
    const { status, text } = await server.raw
      .send(
        [
          `GET ${path} HTTP/1.1`,
          'Host: a.test',
          `Cookie: session=${ann.token}`,
          'X-Original-URL: /admin',
          'X-Rewrite-URL: /admin',
          '\r\n',
        ].join('\r\n'),
      )
      .then((said) => ({ status: said.statuses[0], text: said.text }))
    expect([path, status === 403 || status === 404, text.includes('/admin/jobs')]).toEqual([path, true, false])
  }
  expect((await server.boss.ask('GET /users/account')).role).toBe('admin')
  expect((await bob.ask('GET /users/account')).role).toBe('member')
  expect((await server.boss.ask('GET /admin/settings')).siteName).toBe('Pinhole')
})

test('people cannot set fields that are not theirs to set', async () => {
  const wishes = {
    role: 'admin',
    storageUsed: 0,
    epoch: 9,
    id: 1,
    handle: 'boss',
    followers: 1000,
    passwordHash: 'x',
    createdAt: '2000-01-01T00:00:00Z',
    deletedAt: null,
    viewer: { self: true },
    storage: { used: 0, limit: 1e12 },
  }
  const before = await ann.ask('GET /users/account')
  await ann.call('PATCH /users/account', { ...wishes, bio: 'wishing' })
  await ann.call('PUT /users/account', { ...wishes, displayName: 'ann', bio: 'wishing' })
  expect(await ann.ask('GET /users/account')).toEqual({ ...before, bio: 'wishing' })
  await server.nobody.call('POST /users', { ...wishes, handle: 'eve', password })
  const eve = await server.signIn('eve')
  expect(await eve.ask('GET /users/account')).toMatchObject({ role: 'member', followers: 0, id: expect.any(Number) })
  const fileIds = [await ann.upload(await photo().jpeg().toBuffer(), 'a.jpg')]
  const post = await ann.ask('POST /posts', {
    fileIds,
    authorId: 1,
    status: 'published',
    publishedAt: '2000-01-01T00:00:00Z',
    likes: 100,
    id: 77,
  })
  expect(post).toMatchObject({ author: { handle: 'ann' }, likes: 0, id: expect.any(Number) })
  expect([post.id === 77, post.publishedAt === '2000-01-01T00:00:00Z']).toEqual([false, false])
})

test('what belongs to one person cannot be reached by others through any call', async () => {
  const file = await ann.upload(await photo().png().toBuffer(), 'a.png')
  const invite = await ann.ask('POST /invites', {})
  const foreign = [
    `GET /files/${file}`,
    `PATCH /files/${file}`,
    `POST /files/${file}/attempts`,
    `GET /files/${file}/original`,
  ]
  for (const line of foreign)
    for (const who of [bob, mod])
      expect([line, await who.call(line, line.startsWith('GET') ? undefined : { altText: 'mine' })]).toEqual([
        line,
        problem(404, 'not_found'),
      ])
  for (const line of [
    `DELETE /files/${file}`,
    `DELETE /invites/${invite.id}`,
    `DELETE /sessions/${(await ann.ask('GET /sessions')).items[0].id}`,
  ])
    await bob.call(line)
  expect(await bob.call('POST /posts', { fileIds: [file] })).toEqual(problem(404, 'not_found'))
  expect(await bob.call('PATCH /users/account', { avatarFileId: file })).toEqual(problem(404, 'not_found'))
  expect([(await ann.ask(`GET /files/${file}`)).id, (await ann.ask('GET /invites')).items.length]).toEqual([file, 1])
  const { id } = await ann.ask('POST /posts', { fileIds: [file], visibility: 'followers' })
  await ann.published(id)
  for (const line of [`GET /posts/${id}`, `PATCH /posts/${id}`, `PUT /library/${id}`])
    expect([
      line,
      (await bob.call(line, line.startsWith('GET') ? undefined : { caption: 'mine', price: 0 })).status,
    ]).toEqual([line, 404])
  await bob.call(`DELETE /posts/${id}`)
  expect((await ann.ask(`GET /posts/${id}`)).caption).toBe('')
})

test('only one of several simultaneous requests gets what exists once', async () => {
  const statuses = async (answers: Promise<{ status: number }>[]) =>
    (await Promise.all(answers)).map(({ status }) => status).sort()
  using t = await testApp({ PINHOLE_REGISTRATION: 'invite' })
  const token = await t.app.links.sign('setup', 0, new Date(+t.app.now() + 1000))
  const setUp = (handle: string) => t.api(null, 'POST /setup', { token, handle, password })
  expect(await statuses([setUp('one'), setUp('two'), setUp('three')])).toEqual([201, 410, 410])
  const boss = await t.user('boss', { role: 'admin', password })
  const { body: invite } = await t.api(boss, 'POST /invites', { uses: 1 })
  const join = (handle: string) => t.api(null, 'POST /users', { handle, password, invite: invite.token })
  expect(await statuses([join('ann'), join('bob'), join('cat')])).toEqual([201, 410, 410])
  const { body: many } = await t.api(boss, 'POST /invites', { uses: 5 })
  const same = (handle: string) => t.api(null, 'POST /users', { handle, password, invite: many.token })
  expect(await statuses([same('dan'), same('DAN'), same(' Dan ')])).toEqual([201, 409, 409])
  // Failed registrations did not use up the invite.
  expect((await t.api(boss, 'GET /invites')).body.items[0]).toMatchObject({ uses: 5, used: 1 })
})

test('the last two administrators cannot leave at the same time', async () => {
  using t = await testApp()
  const [one, two] = [
    await t.user('one', { role: 'admin', password }),
    await t.user('two', { role: 'admin', password }),
  ]
  const answers = await Promise.all([
    t.api(one, 'DELETE /users/account', { password, immediately: true }),
    t.api(two, 'PATCH /admin/users/two', { role: 'member' }),
    t.api(two, 'DELETE /users/account', { password, immediately: true }),
  ])
  using db = t.openDatabase()
  expect(db.query(`select count(*) from users where role = 'admin' and deleted_at is null`).values()).toEqual([[1]])
  expect(answers.map(({ status }) => status).filter((status) => status === 409).length).toBeGreaterThan(0)
})

test('deleting an account ends its sessions on every device, and its invites and reset links', async () => {
  const gone = await server.signUp('gone')
  const other = await server.signIn('gone')
  const { url } = await gone.ask('POST /invites', {})
  const reset = (await mod.ask('POST /admin/users/gone/resets')).url
  await gone.ask('DELETE /users/account', { password, immediately: true })
  expect([await statusOf(gone.token), await statusOf(other.token), await statusOf(ann.token, '/users/gone')]).toEqual([
    401, 401, 404,
  ])
  expect((await server.nobody.call('POST /sessions', { handle: 'gone', password })).status).toBe(401)
  const token = (link: string) => new URL(link).search
  const invitation = `/users/new?invite=${new URL(url).searchParams.get('invite')}`
  await until('a job has withdrawn the invitation', async () => (await server.fetch(invitation)).status === 410)
  expect((await server.fetch(`/users/resets/new${token(reset)}`)).status).toBe(410)
  const again = await server.signUp('gone') // the handle is free again, and nothing old is attached to it
  expect((await again.ask('GET /sessions')).items.length).toBe(1)
})
