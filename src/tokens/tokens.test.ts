import { expect, test } from 'bun:test'
import type { Scope } from '../../shapes/tokens'
import { problem, testApp } from '../../test/harness'

const PASSWORD = 'a long password'

async function withTokens(env: Record<string, string> = {}) {
  const t = await testApp(env)
  const ann = await t.user('ann', { password: PASSWORD })
  const bob = await t.user('bob')
  const create = (body: object, as: Parameters<typeof t.api>[0] = ann) =>
    t.api(as, 'POST /tokens', { name: 'Mirror', scopes: ['read'], password: PASSWORD, ...body })
  const holder = async (...scopes: Scope[]) => {
    const { body } = await create({ scopes })
    return { ...ann, token: body.token as string, tokenId: body.id as number }
  }
  return Object.assign(t, { ann, bob, create, holder })
}

const insufficient = (scope: Scope) => problem(403, 'insufficient_scope', { scope })

test('a token is shown once, and acts for its owner until it is revoked', async () => {
  using t = await withTokens()
  const made = await t.create({ scopes: ['write', 'read'], name: 'Folder script' })
  expect(made.status).toBe(201)
  expect(made.headers.get('location')).toBe(`/api/tokens/${made.body.id}`)
  expect(made.headers.get('cache-control')).toBe('no-store')
  const { token, ...shown } = made.body
  expect(shown).toEqual({
    id: expect.any(Number),
    name: 'Folder script',
    scopes: ['read', 'write'],
    createdAt: expect.any(String),
    expiresAt: null,
    lastUsedAt: null,
    endsWithPassword: true,
  })
  const script = { ...t.ann, token }
  expect((await t.api(script, 'GET /users/account')).body.handle).toBe('ann')
  const listed = await t.api(t.ann, 'GET /tokens')
  expect(listed.body.items).toEqual([{ ...shown, lastUsedAt: expect.any(String) }])
  expect(JSON.stringify(listed.body)).not.toContain(token)
  expect((await t.api(t.bob, 'GET /tokens')).body.items).toEqual([])
  expect((await t.api(t.ann, 'GET /sessions')).body.items.map(({ id }: { id: number }) => id)).not.toContain(shown.id)

  expect((await t.api(t.bob, `DELETE /tokens/${shown.id}`)).status).toBe(204)
  expect((await t.api(script, 'GET /users/account')).status).toBe(200)
  expect((await t.api(t.ann, `DELETE /tokens/${shown.id}`)).status).toBe(204)
  expect(await t.api(script, 'GET /users/account')).toEqual(problem(401, 'unauthenticated'))
  expect((await t.api(t.ann, 'GET /tokens')).body.items).toEqual([])
})

test('a token does what its scopes say, and a refusal names the missing one', async () => {
  using t = await withTokens()
  await t.api(await t.user('boss', { role: 'admin' }), 'POST /admin/users/ann/grants', { coins: 50 })
  const [reads, writes, spends] = [await t.holder('read'), await t.holder('write'), await t.holder('coins')]
  expect((await t.api(reads, 'GET /posts')).status).toBe(200)
  expect(await t.api(writes, 'GET /posts')).toEqual(insufficient('read'))
  expect((await t.api(writes, 'PUT /follows/bob')).status).toBe(201)
  expect(await t.api(reads, 'PUT /follows/bob')).toEqual(insufficient('write'))
  expect(await t.api(spends, 'PUT /follows/bob')).toEqual(insufficient('write'))
  expect((await t.api(spends, 'POST /coins/tips', { handle: 'bob', coins: 5 })).status).toBe(201)
  for (const holder of [reads, writes])
    expect(await t.api(holder, 'POST /coins/tips', { handle: 'bob', coins: 5 })).toEqual(insufficient('coins'))
  expect(await t.api(writes, 'PUT /library/1', { price: 5 })).toEqual(insufficient('coins'))
  expect(await t.api(writes, 'POST /posts/1/gifts', { handle: 'bob', price: 5 })).toEqual(insufficient('coins'))
  expect(await t.api(writes, 'POST /looks', { postId: 1, price: 5 })).toEqual(insufficient('coins'))
  expect(await t.api(writes, 'DELETE /looks/1')).toEqual(insufficient('coins'))
  expect(await t.api(writes, 'POST /push/subscriptions', {})).toEqual(insufficient('read')) // pushes tell what happens
  expect((await t.request('/api/uploads', { as: reads, method: 'POST' })).status).toBe(403)

  const refused = await t.request('/api/posts', { as: writes })
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="read"')
})

test('the staff desk takes a scope of its own, which only staff can give', async () => {
  using t = await withTokens()
  expect(await t.create({ scopes: ['admin'] })).toEqual(problem(422, 'invalid'))
  const mod = await t.user('mod', { role: 'moderator', password: PASSWORD })
  const all = (await t.create({ scopes: ['read', 'write', 'coins'] }, mod)).body.token
  expect(await t.api({ ...mod, token: all }, 'GET /admin/reports')).toEqual(insufficient('admin'))
  const desk = (await t.create({ scopes: ['admin'] }, mod)).body.token
  expect((await t.api({ ...mod, token: desk }, 'GET /admin/reports')).status).toBe(200)
  expect(await t.api({ ...mod, token: desk }, 'GET /posts')).toEqual(insufficient('read'))
})

test('a token never decides about the account itself', async () => {
  using t = await withTokens()
  const script = await t.holder('read', 'write', 'coins')
  const calls: [call: string, body?: object][] = [
    ['POST /tokens', { name: 'More', scopes: ['read'], password: PASSWORD }],
    [`DELETE /tokens/${script.tokenId}`],
    ['PUT /users/account/password', { current: PASSWORD, password: 'another long password' }],
    ['PATCH /users/account', { email: 'new@example.org' }],
    ['DELETE /users/account', { password: PASSWORD }],
    ['POST /users/account/totp', { password: PASSWORD }],
    ['DELETE /sessions/999'],
  ]
  for (const [call, body] of calls)
    expect([call, await t.api(script, call, body)]).toEqual([call, problem(403, 'forbidden')])
  expect((await t.api(script, 'PATCH /users/account', { bio: 'Written by a script.' })).status).toBe(200)
  expect((await t.api(script, 'DELETE /sessions/current')).status).toBe(204)
  expect((await t.api(script, 'GET /posts')).status).toBe(401)
})

test('a token of an administrator opens no account by a reset link, nor without its second factor', async () => {
  using t = await withTokens()
  const boss = await t.user('boss', { role: 'admin', password: PASSWORD })
  const { token } = (await t.create({ scopes: ['admin'] }, boss)).body
  const script = { ...boss, token }
  for (const call of ['POST /admin/users/boss/resets', 'POST /admin/users/ann/resets', 'DELETE /admin/users/ann/totp'])
    expect([call, await t.api(script, call)]).toEqual([call, problem(403, 'forbidden')])
  expect((await t.api(boss, 'POST /admin/users/ann/resets')).status).toBe(201)
})

test('tokens end with their day, with the password, and with a suspension', async () => {
  using t = await withTokens()
  const day = (await t.create({ expiresAt: new Date(+t.app.now() + 60_000).toISOString() })).body.token
  const lasting = await t.holder('read')
  t.pass(61_000)
  expect((await t.api({ ...t.ann, token: day }, 'GET /posts')).status).toBe(401)
  expect((await t.api(lasting, 'GET /posts')).status).toBe(200)
  t.pass(400 * 24 * 3600_000)
  expect((await t.api(lasting, 'GET /posts')).status).toBe(200)
  const { body } = await t.api(null, 'POST /sessions', { handle: 'ann', password: PASSWORD })
  const changed = { current: PASSWORD, password: 'another long password' }
  expect((await t.api({ ...t.ann, token: body.token }, 'PUT /users/account/password', changed)).status).toBe(204)
  expect((await t.api(lasting, 'GET /posts')).status).toBe(401)
})

test('a token outlives a new password if its owner wishes, but neither a reset nor a suspension', async () => {
  using t = await withTokens()
  const boss = await t.user('boss', { role: 'admin' })
  const lasting = { ...t.ann, token: (await t.create({ endsWithPassword: false })).body.token as string }
  expect((await t.api(t.ann, 'GET /tokens')).body.items).toMatchObject([{ endsWithPassword: false }])
  const changed = { current: PASSWORD, password: 'another long password' }
  expect((await t.api(t.ann, 'PUT /users/account/password', changed)).status).toBe(204)
  expect((await t.api(lasting, 'GET /posts')).status).toBe(200)
  const { body: reset } = await t.api(boss, 'POST /admin/users/ann/resets')
  const token = new URL(reset.url).searchParams.get('token')
  expect((await t.api(null, 'POST /users/resets', { token, password: 'a third long password' })).status).toBe(204)
  expect((await t.api(lasting, 'GET /posts')).status).toBe(401)

  const other = { ...t.bob, token: '' }
  const bob = await t.user('bobby', { password: PASSWORD })
  other.token = (await t.create({ endsWithPassword: false }, bob)).body.token
  await t.api(boss, 'PUT /admin/users/bobby/suspension', { reason: 'a try' })
  expect((await t.api(other, 'GET /posts')).status).toBe(401)
})

test('a token that was revoked long ago opens no pictures either', async () => {
  using t = await withTokens()
  const script = await t.holder('read', 'write')
  const blind = await t.holder('write')
  const { body } = await t.api(t.ann, 'POST /posts', { caption: 'Mine', fileIds: [await t.photo(t.ann)] })
  const url = (await t.api(script, `GET /posts/${body.id}`)).body.files[0].renditions.feed.url
  const status = async (as: typeof script) => (await t.request(url, { as })).status
  expect([await status(script), await status(blind)]).toEqual([200, 403])
  await t.api(t.ann, `DELETE /tokens/${script.tokenId}`)
  expect(await status(script)).toBe(403)
  // The server reads the ended sessions again from time to time, and after a restart.
  t.pass(40 * 24 * 3600_000)
  await t.user('carl')
  const later = await t.api(null, 'POST /sessions', { handle: 'ann', password: PASSWORD })
  const again = (await t.api({ ...t.ann, token: later.body.token }, `GET /posts/${body.id}`)).body
  expect((await t.request(again.files[0].renditions.feed.url, { as: script })).status).toBe(403)
})

test('a token without the scope for reading gets no picture, not even one that visitors get', async () => {
  using t = await withTokens({ PINHOLE_ACCESS: 'public' })
  const [reads, blind] = [await t.holder('read'), await t.holder('write', 'coins')]
  const { body } = await t.api(t.ann, 'POST /posts', { caption: 'Mine', fileIds: [await t.photo(t.ann)] })
  const urlOf = async () => (await t.api(null, `GET /posts/${body.id}`)).body.files[0].renditions.feed.url
  const forAll = await urlOf()
  await t.api(t.ann, `PATCH /posts/${body.id}`, { visibility: 'followers' })
  const mine = (await t.api(reads, `GET /posts/${body.id}`)).body.files[0].renditions.feed.url
  await t.api(t.ann, `PATCH /posts/${body.id}`, { visibility: 'everyone' })
  for (const url of [await urlOf(), mine]) {
    expect((await t.request(url, { as: reads })).status).toBe(200) // and the picture is at hand from now on
    for (const method of ['GET', 'HEAD']) {
      const refused = await t.request(url, { as: blind, method })
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
        403,
        'Bearer error="insufficient_scope", scope="read"',
      ])
      if (method === 'GET') expect(await refused.json()).toMatchObject({ code: 'insufficient_scope', scope: 'read' })
    }
  }
  expect((await t.request(forAll, { as: blind })).status).toBe(403)
})

test('making a token takes the password, a name, a scope and a day in the future', async () => {
  using t = await withTokens()
  expect(await t.create({ password: 'wrong password' })).toEqual(problem(403, 'wrong_password'))
  for (const wrong of [
    { name: '  ' },
    { scopes: [] },
    { scopes: ['everything'] },
    { expiresAt: '2001-01-01' },
    { expiresAt: 'soon' },
  ])
    expect([wrong, await t.create(wrong)]).toEqual([wrong, problem(422, 'invalid')])
  const { body } = await t.create({ expiresAt: '2099-12-31', scopes: ['coins', 'read', 'read'] })
  expect([body.expiresAt, body.scopes]).toEqual(['2100-01-01T00:00:00.000Z', ['read', 'coins']])
})

test('the page makes a token without scripts, shows it once, and keeps the form after a mistake', async () => {
  using t = await withTokens()
  const send = (form: Record<string, string>) => t.request('/tokens', { browser: t.ann, method: 'POST', form })
  const wrong = await send({ name: 'Mirror', scopes: 'write', password: 'wrong password' })
  expect(wrong.status).toBe(403)
  const shown = await wrong.text()
  expect(shown).toContain('value="Mirror"')
  expect(shown).toMatch(/value="write"[^>]*checked/)
  const made = await send({ name: 'Mirror', scopes: 'write', expiresAt: '', password: PASSWORD })
  const token = /<code class="key">([^<]+)</.exec(await made.text())?.[1]
  expect([made.status, (await t.api({ ...t.ann, token: token! }, 'PUT /follows/bob')).status]).toEqual([201, 201])
  expect(await (await t.request('/tokens', { browser: t.ann })).text()).not.toContain(token!)
})
