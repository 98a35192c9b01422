import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'
import { market } from '../../test/market'

/** Creates three people who all follow one another, with one post each. */
async function circle() {
  const m = await market()
  for (const [who, whom] of [
    ['ann', 'bob'],
    ['bob', 'ann'],
    ['eve', 'ann'],
    ['eve', 'bob'],
    ['ann', 'eve'],
    ['bob', 'eve'],
  ] as const)
    await m.api(m[who], `PUT /follows/${whom}`)
  const of = { ann: await m.post(m.ann, { caption: 'by Ann' }), bob: await m.post(m.bob), eve: await m.post(m.eve) }
  await m.runJobs()
  const handles = async (as: As, call: string) =>
    (await m.api(as, call)).body.items.map(({ handle }: Json) => handle).sort()
  const ids = async (as: As, call: string) => (await m.api(as, call)).body.items.map(({ id }: Json) => id).sort()
  return { ...m, of, handles, ids }
}

/** Expects that Ann and Bob see nothing of one another, whichever of them blocked the other. */
async function expectApart(m: Awaited<ReturnType<typeof circle>>) {
  for (const [me, other] of [
    ['ann', 'bob'],
    ['bob', 'ann'],
  ] as const) {
    const [as, its] = [m[me], m.of[other].id]
    expect(await m.api(as, `GET /posts/${its}`)).toEqual(problem(404, 'not_found'))
    expect(await m.api(as, `PUT /library/${its}`, { price: 0 })).toEqual(problem(404, 'not_found'))
    for (const list of ['/posts', '/inbox']) expect(await m.ids(as, `GET ${list}`)).not.toContain(its)
    for (const list of [
      '/follows',
      '/users/eve/followers',
      '/users/eve/following',
      `/users/${me}/followers`,
      `/users/${me}/following`,
    ])
      expect([me, list, await m.handles(as, `GET ${list}`)]).toEqual([me, list, expect.not.arrayContaining([other])])
    const told = (await m.api(as, 'GET /notifications')).body
    expect(JSON.stringify(told)).not.toContain(`"handle":"${other}"`)
    expect(told.unread).toBe(told.items.filter(({ read, kind }: Json) => !read && kind !== 'post').length)
    expect((await m.api(as, 'GET /inbox')).body.unread).toBe(1) // Eve's
  }
}

test('a block works in both directions, everywhere, at once and after the jobs have run', async () => {
  using m = await circle()
  expect(await m.api(m.ann, 'PUT /blocks/bob')).toMatchObject({
    status: 201,
    body: { handle: 'bob', avatarUrl: null, viewer: { self: false, following: false, blocked: true, muted: false } },
  })
  await expectApart(m)
  await m.runJobs()
  await expectApart(m)
  for (const who of [m.ann, m.bob])
    expect((await m.api(m.eve, `GET /users/${who.handle}`)).body).toMatchObject({ followers: 1, following: 1 })
})

test('a blocked person cannot find the blocker, and the blocker sees only whom to unblock', async () => {
  using m = await circle()
  await m.api(m.ann, 'PUT /blocks/bob')
  for (const path of ['', '/posts', '/followers', '/following'])
    expect(await m.api(m.bob, `GET /users/ann${path}`)).toEqual(problem(404, 'not_found'))
  for (const call of ['PUT /follows/ann', 'PUT /mutes/ann', 'DELETE /follows/ann'])
    expect(await m.api(m.bob, call)).toEqual(problem(404, 'not_found'))
  expect((await m.api(m.ann, 'GET /users/bob')).body).toMatchObject({
    handle: 'bob',
    viewer: { blocked: true, following: false },
  })
  for (const list of ['posts', 'followers', 'following'])
    expect((await m.api(m.ann, `GET /users/bob/${list}`)).body.items).toEqual([])
  expect(await m.api(m.ann, 'PUT /follows/bob')).toEqual(problem(409, 'blocked'))
  const page = await (await m.request('/users/bob', { browser: m.ann })).text()
  expect(page).toContain('You blocked bob.')
  expect(page).not.toContain(`/posts/${m.of.bob.id}`)
  expect((await m.request('/users/ann', { browser: m.bob })).status).toBe(404)
})

test('blocking twice makes one block, and unblocking restores only visibility', async () => {
  using m = await circle()
  expect((await m.api(m.ann, 'PUT /blocks/bob')).status).toBe(201)
  expect((await m.api(m.ann, 'PUT /blocks/bob')).status).toBe(200)
  expect(await m.handles(m.ann, 'GET /blocks')).toEqual(['bob'])
  expect(await m.handles(m.bob, 'GET /blocks')).toEqual([])
  for (let i = 0; i < 2; i++) expect((await m.api(m.ann, 'DELETE /blocks/bob')).status).toBe(204)
  expect(await m.handles(m.ann, 'GET /blocks')).toEqual([])
  expect((await m.api(m.bob, 'GET /users/ann')).body.viewer).toMatchObject({ following: false, blocked: false })
  expect(await m.ids(m.bob, 'GET /users/ann/posts')).toEqual([m.of.ann.id])
  expect(await m.ids(m.bob, 'GET /inbox')).toEqual([m.of.eve.id])
})

test('a blocked person can block back, and each of the two lifts only their own block', async () => {
  using m = await circle()
  await m.api(m.ann, 'PUT /blocks/bob')
  expect((await m.api(m.bob, 'PUT /blocks/ann')).status).toBe(201)
  await m.api(m.ann, 'DELETE /blocks/bob')
  expect((await m.api(m.ann, 'GET /users/bob')).status).toBe(404)
  expect((await m.api(m.bob, 'GET /users/ann')).body.viewer.blocked).toBe(true)
  await expectApart(m)
})

test('blocking yourself, an unknown person, or without an account is refused', async () => {
  using m = await market()
  expect(await m.api(m.ann, 'PUT /blocks/ann')).toEqual(problem(409, 'own_account'))
  expect(await m.api(m.ann, 'PUT /blocks/nobody')).toEqual(problem(404, 'not_found'))
  for (const call of ['GET /blocks', 'PUT /blocks/ann', 'DELETE /blocks/ann'])
    expect(await m.api(null, call)).toEqual(problem(401, 'unauthenticated'))
})

test('people between whom there is a block cannot buy from each other, but keep what they bought', async () => {
  using m = await market()
  const [sold, unsold] = [await m.post(m.ann, { price: 10, caption: 'sold' }), await m.post(m.ann, { price: 10 })]
  await m.grant(m.bob, 100)
  await m.buy(m.bob, sold)
  await m.api(m.ann, 'PUT /blocks/bob')
  expect(await m.buy(m.bob, unsold)).toEqual(problem(404, 'not_found'))
  expect((await m.buy(m.bob, sold)).status).toBe(200)
  for (const path of [`/library/${sold.id}`, `/posts/${sold.id}`]) {
    const { body } = await m.api(m.bob, `GET ${path}`)
    expect(body).toMatchObject({ id: sold.id, locked: false, author: { handle: 'ann', avatarUrl: null } })
    expect((await m.request(body.files[0].renditions.full.url, { as: m.bob })).status).toBe(200)
  }
  expect((await m.api(m.bob, 'GET /library')).body.items.map(({ id }: Json) => id)).toEqual([sold.id])
  expect((await m.api(m.bob, 'GET /posts')).body.items).toEqual([])
  await m.api(m.ann, 'DELETE /blocks/bob')
  await m.api(m.bob, 'PUT /blocks/ann')
  expect(await m.buy(m.bob, unsold)).toEqual(problem(404, 'not_found'))
  expect(await m.audit()).toEqual([])
})

test('a purchase that races with a block happens either before the block or not at all', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 10 })
  await m.grant(m.bob, 100)
  const [bought] = await Promise.all([m.buy(m.bob, post), m.api(m.ann, 'PUT /blocks/bob')])
  const { balance } = await m.wallet(m.bob)
  expect([bought.status, balance]).toEqual(bought.status === 201 ? [201, 90] : [404, 100])
  expect(await m.audit()).toEqual([])
})

test('the page lists blocked people and lifts blocks, with and without JavaScript', async () => {
  using m = await circle()
  const put = await m.request('/blocks/bob?_method=PUT', { method: 'POST', browser: m.ann, form: {} })
  expect([put.status, put.headers.get('location')]).toEqual([303, '/users/bob'])
  const list = await m.request('/blocks', { browser: m.ann })
  expect(await list.text()).toContain('Unblock bob')
  const part = await m.request('/blocks/bob', { method: 'DELETE', browser: m.ann, headers: { 'hx-request': 'true' } })
  expect([part.status, await part.text()]).toEqual([200, expect.stringContaining('Block bob')])
  await m.api(m.bob, 'PUT /blocks/ann')
  const back = await m.request('/blocks/bob?_method=PUT', { method: 'POST', browser: m.ann, form: {} })
  expect(back.headers.get('location')).toBe('/blocks') // the blocked person's profile is hidden
})

test('deleting an account removes the blocks of it', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob', { password: 'a long password' })]
  await t.api(ann, 'PUT /blocks/bob')
  await t.api(bob, 'DELETE /users/account', { password: 'a long password', immediately: true })
  expect((await t.api(ann, 'GET /blocks')).body.items).toEqual([])
  await t.runJobs()
  using database = t.openDatabase()
  expect(database.query('select count(*) as n from blocks').get()).toEqual({ n: 0 })
})
