import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { type As, type Json, problem, type TestApp, testApp } from '../../test/harness'
import { market } from '../../test/market'
import { onPostgres } from '../../test/postgres/databases'
import { pinhole, servePinhole } from '../../test/process'

const told = async (t: Pick<TestApp, 'api'>, as: As, query = '') =>
  (await t.api(as, `GET /admin/actions${query}`)).body.items.map(({ id, at, ...rest }: Json) => rest)

test('an action says who did what to whom, when and why, newest first', async () => {
  using m = await market()
  await m.api(m.boss, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' })
  m.pass(1000)
  await m.api(m.boss, 'PATCH /admin/users/bob', { role: 'moderator' })
  const { status, body } = await m.api(m.boss, 'GET /admin/actions?limit=1')
  expect([status, body.items]).toEqual([
    200,
    [
      {
        id: expect.any(Number),
        at: '2026-01-01T00:00:01.000Z',
        kind: 'role_changed',
        by: 'boss',
        on: 'bob',
        reason: null,
        detail: { from: 'member', to: 'moderator' },
      },
    ],
  ])
  const rest = await m.api(m.boss, `GET /admin/actions?cursor=${body.nextCursor}`)
  expect(rest.body).toMatchObject({
    items: [{ kind: 'account_suspended', by: 'boss', on: 'eve', reason: 'Spam.', detail: {} }],
    nextCursor: null,
  })
})

test('only administrators read the actions', async () => {
  using m = await market()
  const mod = await m.user('mod', { role: 'moderator' })
  expect(await m.api(mod, 'GET /admin/actions')).toEqual(problem(403, 'forbidden'))
  expect(await m.api(m.bob, 'GET /admin/actions')).toEqual(problem(403, 'forbidden'))
  expect(await m.api(null, 'GET /admin/actions')).toEqual(problem(401, 'unauthenticated'))
  expect((await m.request('/admin/actions', { browser: mod })).status).toBe(403)
})

test('the list can be limited to who did it, whom it concerns and the kind', async () => {
  using m = await market()
  const mod = await m.user('mod', { role: 'moderator' })
  await m.api(mod, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' })
  await m.api(m.boss, 'DELETE /admin/users/eve/suspension')
  await m.api(m.boss, 'POST /admin/users/bob/grants', { coins: 5, note: 'A prize.' })
  const kinds = async (query: string) => (await told(m, m.boss, query)).map(({ kind }: Json) => kind)
  expect(await kinds('?by=@Mod')).toEqual(['account_suspended'])
  expect(await kinds('?by=boss&on=eve')).toEqual(['suspension_lifted'])
  expect(await kinds('?on=eve')).toEqual(['suspension_lifted', 'account_suspended'])
  expect(await kinds('?kind=coins_granted')).toEqual(['coins_granted'])
  expect(await kinds('?by=&on=&kind=')).toHaveLength(3)
  for (const query of ['?by=nobody', '?on=nobody', '?kind=made_up']) expect(await kinds(query)).toEqual([])
  expect(await m.api(m.boss, 'GET /admin/actions?by=nobody&limit=0')).toEqual(problem(422, 'invalid'))
})

test('what changes nothing, and what is refused, is not recorded', async () => {
  using m = await market()
  const calls = [
    ['PATCH /admin/users/bob', { role: 'member' }],
    ['DELETE /admin/users/bob/suspension'],
    ['PATCH /admin/settings', { siteName: 'Pinhole', limits: { posts: 100 } }],
    ['DELETE /admin/packs/1-1-eur'],
    ['DELETE /admin/vouchers/999'],
    ['DELETE /admin/posts/999'],
    ['DELETE /invites/999'],
    ['PATCH /admin/users/boss', { role: 'member' }],
    ['PUT /admin/users/boss/suspension', { reason: 'Myself.' }],
    ['POST /admin/users/nobody/grants', { coins: 5 }],
  ] as const
  for (const [call, body] of calls) await m.api(m.boss, call, body)
  expect(await m.api(m.bob, 'PATCH /admin/users/bob', { role: 'admin' })).toEqual(problem(403, 'forbidden'))
  expect(await told(m, m.boss)).toEqual([])
})

test('each setting is recorded by its name, with the value before and after', async () => {
  using m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { siteName: 'Our photos', accent: null, limits: { posts: 7 } })
  await m.api(m.boss, 'PATCH /admin/settings', { limits: null })
  await m.api(m.boss, 'POST /admin/packs', { coins: 10, amount: 100, currency: 'eur' })
  const pack = { coins: 10, amount: 100, currency: 'eur' }
  expect((await told(m, m.boss)).map(({ detail }: Json) => detail)).toEqual([
    { name: 'packs', from: [], to: [pack] },
    { name: 'limits.posts', from: 7, to: 100 },
    { name: 'limits.posts', from: 100, to: 7 },
    { name: 'siteName', from: 'Pinhole', to: 'Our photos' },
  ])
})

test('refunds and deleted comments are recorded when the staff act on others, not when people act on what is their own', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 5 })
  for (const buyer of [m.bob, m.eve]) {
    await m.grant(buyer, 5)
    await m.buy(buyer, post)
  }
  const comment = async (as: As, text: string) =>
    (await m.api(as, `POST /posts/${post.id}/comments`, { text })).body.id as number
  const ids = [await comment(m.bob, 'my own'), await comment(m.bob, 'under my post'), await comment(m.bob, 'rude')]
  const before = (await told(m, m.boss)).length
  await m.api(m.bob, `DELETE /comments/${ids[0]}`)
  await m.api(m.ann, `DELETE /comments/${ids[1]}`)
  expect((await m.api(m.ann, `POST /library/${post.id}/refunds`, { handle: 'eve' })).status).toBe(201)
  await m.api(m.bob, 'POST /invites', {})
  expect(await told(m, m.boss)).toHaveLength(before)

  await m.api(m.boss, `DELETE /comments/${ids[2]}`)
  await m.api(m.boss, `DELETE /comments/${ids[2]}`)
  expect((await m.api(m.boss, `POST /library/${post.id}/refunds`, { handle: 'bob' })).status).toBe(201)
  await m.api(m.boss, 'POST /invites', { uses: 3 })
  expect((await told(m, m.boss)).slice(0, -before || undefined)).toEqual([
    { kind: 'invite_made', by: 'boss', on: null, reason: null, detail: { inviteId: expect.any(Number), uses: 3 } },
    { kind: 'sale_refunded', by: 'boss', on: 'bob', reason: null, detail: { postId: post.id, coins: 5 } },
    { kind: 'comment_removed', by: 'boss', on: 'bob', reason: null, detail: { commentId: ids[2], postId: post.id } },
  ])
})

test('an attempt that fails leaves no action', async () => {
  using m = await market()
  await m.api(m.bob, 'POST /reports', { handle: 'ann', reason: 'Look.' })
  const [report] = (await m.api(m.boss, 'GET /admin/reports')).body.items
  expect(await m.api(m.boss, `PATCH /admin/reports/${report.id}`, { outcome: 'removed' })).toEqual(
    problem(409, 'not_removable'),
  )
  expect(await told(m, m.boss)).toEqual([])
})

test('nobody can change, delete or replace an action in the database', async () => {
  using m = await market()
  await m.api(m.boss, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' })
  using db = m.openDatabase()
  const all = () => db.query('select * from actions').all()
  const before = all()
  expect(before).toHaveLength(1)
  for (const column of ['id', 'at', 'kind', 'staff_id', 'user_id', 'reason', 'detail'])
    expect(() => db.run(`update actions set ${column} = 1`)).toThrow('Recorded actions cannot be changed.')
  expect(() => db.run('delete from actions')).toThrow('Recorded actions cannot be deleted.')
  const replace = onPostgres
    ? "insert into actions (id, at, kind) values (1, 0, 'other') on conflict (id) do update set kind = 'other'"
    : "insert or replace into actions (id, at, kind) values (1, 0, 'other')"
  expect(() => db.run(replace)).toThrow(/Recorded actions cannot be (replaced|changed)\./)
  expect(all()).toEqual(before)
})

test('an action names nobody whose account was deleted', async () => {
  using m = await market()
  const mod = await m.user('mod', { role: 'moderator', password: 'a long password' })
  const vic = await m.user('vic', { password: 'a long password' })
  await m.api(mod, 'PUT /admin/users/vic/suspension', { reason: 'Spam.' })
  await m.api(mod, 'DELETE /admin/users/vic/suspension')
  const { token } = (await m.api(null, 'POST /sessions', { handle: 'vic', password: 'a long password' })).body
  for (const as of [{ token }, mod])
    expect((await m.api(as, 'DELETE /users/account', { password: 'a long password', immediately: true })).status).toBe(
      204,
    )
  await m.runJobs()
  expect((await told(m, m.boss)).map(({ kind, by, on }: Json) => [kind, by, on])).toEqual([
    ['account_deleted', 'deleted', 'deleted'],
    ['account_deleted', 'deleted', 'deleted'],
    ['suspension_lifted', 'deleted', 'deleted'],
    ['account_suspended', 'deleted', 'deleted'],
  ])
  const page = await (await m.request('/admin/actions', { browser: m.boss })).text()
  expect(page).toContain('Former member')
  for (const text of [page, JSON.stringify(m.openDatabase().query('select * from actions').all())])
    for (const handle of [vic.handle, mod.handle]) expect(text).not.toMatch(new RegExp(`\\b${handle}\\b`))
})

test('the page lists the actions in both languages and can be searched', async () => {
  using m = await market()
  await m.api(m.boss, 'PUT /admin/users/eve/suspension', { reason: 'Spam & lies.' })
  await m.api(m.boss, 'PATCH /admin/users/bob', { role: 'moderator' })
  const page = async (query: string, language: string) =>
    (await m.request(`/admin/actions${query}`, { browser: m.boss, headers: { 'accept-language': language } })).text()
  const english = await page('', 'en')
  for (const text of ['Role changed', 'Member → Moderator', 'href="/users/bob"', 'Spam &amp; lies.'])
    expect(english).toContain(text)
  expect(await page('', 'ko')).toContain('회원 → 부관리자')
  const searched = await page('?on=eve', 'en')
  expect(searched).toContain('value="eve"')
  expect(searched).not.toContain('href="/users/bob"')
  expect(await page('?by=nobody', 'en')).toContain('No actions found.')
  const part = await m.request('/admin/actions', { browser: m.boss, headers: { 'hx-request': 'true' } })
  expect(await part.text()).toStartWith('<div class="job action"')
})

test('the set-up, and a member who leaves, are recorded as their own actions', async () => {
  using t = await testApp()
  const token = await t.app.links.sign('setup', 0, new Date(+t.app.now() + 1000))
  const account = { handle: 'chief', password: 'a long password' }
  expect((await t.api(null, 'POST /setup', { ...account, token })).status).toBe(201)
  const { body: chief } = await t.api(null, 'POST /sessions', account)
  const lee = await t.user('lee', { password: 'a long password' })
  await t.api(lee, 'DELETE /users/account', { password: 'a long password', immediately: true })
  expect(await told(t, chief)).toEqual([
    { kind: 'account_deleted', by: 'deleted', on: 'deleted', reason: null, detail: {} },
    { kind: 'account_created', by: 'chief', on: 'chief', reason: null, detail: { role: 'admin' } },
  ])
})

test('commands are recorded without a person', async () => {
  using m = await market()
  const env = { PINHOLE_URL: 'https://photos.example.org' }
  const run = async (...args: string[]) => {
    const { status, err } = await pinhole([...args, '--data', m.dir], { stdin: 'a long password', env })
    expect([args.join(' '), status, err]).toEqual([args.join(' '), 0, ''])
  }
  await run('users', 'create', 'mina', '--role', 'moderator', '--password-stdin')
  await run('users', 'suspend', 'mina', '--reason', 'Spam.')
  await run('users', 'unsuspend', 'mina')
  await run('users', 'reset-password', 'mina')
  await run('invites', 'create', '--uses', '2')
  await run('coins', 'grant', 'bob', '5', '--note', 'A prize.')
  await run('vouchers', 'create', '--coins', '10', '--count', '2')
  await run('keys', 'rotate')
  const byNobody = { by: null, on: null, reason: null }
  const onMina = { ...byNobody, on: 'mina' }
  const vouchers = { count: 2, coins: 10, uses: 1, expiresAt: null }
  expect((await told(m, m.boss)).toReversed()).toEqual([
    { ...onMina, kind: 'account_created', detail: { role: 'moderator' } },
    { ...onMina, kind: 'account_suspended', reason: 'Spam.', detail: {} },
    { ...onMina, kind: 'suspension_lifted', detail: {} },
    { ...onMina, kind: 'reset_link_made', detail: {} },
    { ...byNobody, kind: 'invite_made', detail: { inviteId: expect.any(Number), uses: 2 } },
    { ...byNobody, on: 'bob', kind: 'coins_granted', reason: 'A prize.', detail: { coins: 5 } },
    { ...byNobody, kind: 'vouchers_made', detail: vouchers },
    { ...byNobody, kind: 'keys_rotated', detail: { atOnce: false } },
  ])
})

test('a backup brings the actions back, and they still cannot be changed', async () => {
  using m = await market()
  await m.api(m.boss, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' })
  const [file, folder] = [join(m.dir, 'backup.tar'), join(m.dir, 'restored')]
  expect((await pinhole(['backup', file, '--data', m.dir])).status).toBe(0)
  expect((await pinhole(['restore', file, '--data', folder])).status).toBe(0)
  using db = new Database(join(folder, 'pinhole.sqlite'))
  expect(db.query('select kind, reason from actions').all()).toEqual([{ kind: 'account_suspended', reason: 'Spam.' }])
  expect(() => db.run("update actions set reason = 'other'")).toThrow('Recorded actions cannot be changed.')
  expect(() => db.run('delete from actions')).toThrow('Recorded actions cannot be deleted.')
})

test('the server logs an action after it is done', async () => {
  using m = await market()
  const account = { handle: 'chief', password: 'a long password' }
  await pinhole(['users', 'create', 'chief', '--role', 'admin', '--password-stdin', '--data', m.dir], {
    stdin: account.password,
  })
  await using server = await servePinhole(m.dir)
  let token = ''
  const send = (method: string, path: string, body: object) =>
    fetch(`${server.address}/api${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    })
  token = ((await (await send('POST', '/sessions', account)).json()) as Json).token
  expect((await send('PATCH', '/admin/users/bob', { role: 'moderator' })).status).toBe(200)
  expect((await send('PUT', '/admin/users/eve/suspension', { reason: 'Spam\n by=ann' })).status).toBe(201)
  expect((await send('PUT', '/admin/users/chief/suspension', { reason: 'Myself.' })).status).toBe(409)
  const lines = (await server.stop()).err.split('\n').filter((line) => line.includes('Action'))
  expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'info  Action kind=role_changed by=chief on=bob from=member to=moderator',
    'info  Action kind=account_suspended by=chief on=eve reason="Spam  by=ann"',
  ])
})
