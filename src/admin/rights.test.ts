import { expect, test } from 'bun:test'
import { problem, type Somebody } from '../../test/harness'
import { market } from '../../test/market'
import { enqueue } from '../jobs/queue'

const ADDRESS = 'ann@example.org'

async function desk() {
  const m = await market()
  const [mod, peer] = [await m.user('mod', { role: 'moderator' }), await m.user('peer', { role: 'moderator' })]
  await m.api(m.ann, 'PATCH /users/account', { email: ADDRESS })
  const page = async (as: Somebody, path: string) => {
    const answer = await m.request(path, { browser: as })
    return { status: answer.status, text: await answer.text() }
  }
  return { ...m, mod, peer, page }
}

test('only administrators act on other members of the staff, by the API and by forms', async () => {
  using d = await desk()
  const calls = [
    ['POST', 'resets', {}],
    ['PUT', 'suspension', { reason: 'Spam.' }],
    ['DELETE', 'suspension', {}],
  ] as const
  for (const handle of ['peer', 'boss'])
    for (const [method, path, body] of calls) {
      const at = `/admin/users/${handle}/${path}`
      expect([at, await d.api(d.mod, `${method} ${at}`, body)]).toEqual([at, problem(403, 'forbidden')])
      const address = method === 'POST' ? at : `${at}?_method=${method}`
      const form = await d.request(address, { method: 'POST', browser: d.mod, form: { ...body } })
      expect([at, form.status]).toEqual([at, 403])
    }
  const statuses = async (as: Somebody, handle: string) => {
    const answers = []
    for (const [method, path, body] of calls)
      answers.push((await d.api(as, `${method} /admin/users/${handle}/${path}`, body)).status)
    return answers
  }
  expect([await statuses(d.mod, 'bob'), await statuses(d.boss, 'peer')]).toEqual([
    [201, 201, 204],
    [201, 201, 204],
  ])
})

test('a moderator cannot suspend another moderator by settling a report', async () => {
  using d = await desk()
  await d.api(d.bob, 'POST /reports', { handle: 'peer', reason: 'Rude.' })
  const settle = (as: Somebody) => d.api(as, 'PATCH /admin/reports/1', { outcome: 'suspended', note: 'Rude.' })
  expect(await settle(d.mod)).toEqual(problem(404, 'not_found'))
  expect((await settle(d.boss)).status).toBe(200)
})

test('the desk offers moderators only what they may do', async () => {
  using d = await desk()
  const list = await d.page(d.mod, '/admin/users')
  for (const handle of ['peer', 'boss']) expect(list.text).not.toContain(`/admin/users/${handle}/resets`)
  expect(list.text).toContain('/admin/users/bob/resets')
  expect((await d.page(d.mod, '/users/peer')).text).not.toContain('/admin/users/peer/suspension')
  expect((await d.page(d.mod, '/users/bob')).text).toContain('/admin/users/bob/suspension')
  expect((await d.page(d.boss, '/users/peer')).text).toContain('/admin/users/peer/suspension')
})

test('moderators see no email addresses, and administrators do', async () => {
  using d = await desk()
  await d.app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: 1, after: 0 }, d.app.now()))
  using other = d.openDatabase()
  other.run(`update jobs set died_at = 1, error = '550 <${ADDRESS}>: unknown'`)
  const suspended = async (as: Somebody) =>
    JSON.stringify((await d.api(as, 'PUT /admin/users/ann/suspension', { reason: 'Spam.' })).body)
  for (const path of ['/admin/users', '/admin/jobs', '/users/ann']) {
    const seen = await d.page(d.mod, path)
    expect([path, seen.status, seen.text.includes(ADDRESS)]).toEqual([path, 200, false])
  }
  const json = async (as: Somebody, path: string) => JSON.stringify((await d.api(as, `GET ${path}`)).body)
  for (const path of ['/admin/users', '/admin/jobs']) {
    expect([path, (await json(d.mod, path)).includes(ADDRESS)]).toEqual([path, false])
    expect([path, (await json(d.boss, path)).includes(ADDRESS)]).toEqual([path, true])
  }
  expect([(await suspended(d.mod)).includes(ADDRESS), (await suspended(d.boss)).includes(ADDRESS)]).toEqual([
    false,
    true,
  ])
})

test('only administrators see purchases, payments and the audit, and no link leads moderators there', async () => {
  using d = await desk()
  const closed = ['purchases', 'audit', 'vouchers', 'topups', 'packs', 'checkouts', 'payouts', 'settings']
  const home = { mod: await d.page(d.mod, '/admin'), boss: await d.page(d.boss, '/admin') }
  for (const name of closed) {
    const path = `/admin/${name}`
    const statuses = async (as: Somebody) => [(await d.api(as, `GET ${path}`)).status, (await d.page(as, path)).status]
    expect([name, await statuses(d.ann), await statuses(d.mod), await statuses(d.boss)]).toEqual([
      name,
      [403, 403],
      [403, 403],
      [200, 200],
    ])
    expect([name, home.mod.text.includes(path), home.boss.text.includes(path)]).toEqual([name, false, true])
  }
  expect((await d.api(d.mod, 'GET /admin')).body).not.toHaveProperty('pendingTopups')
  expect((await d.api(d.boss, 'GET /admin')).body).toMatchObject({ pendingTopups: 0, pendingPayouts: 0 })
})

test('a moderator refunds only sales of their own posts', async () => {
  using d = await desk()
  await d.grant(d.bob, 100)
  const [hers, own] = [await d.post(d.ann, { price: 30 }), await d.post(d.mod, { price: 20 })]
  await d.buy(d.bob, hers)
  await d.buy(d.bob, own)
  const refund = (as: Somebody, { id }: { id: number }) => d.api(as, `POST /library/${id}/refunds`, { handle: 'bob' })
  expect(await refund(d.mod, hers)).toEqual(problem(403, 'forbidden'))
  expect((await refund(d.mod, own)).status).toBe(201)
  expect((await refund(d.boss, hers)).status).toBe(201)
  expect(await d.audit()).toEqual([])
})

test('moderators cannot remove posts or comments of other staff, and see a button for all that they can', async () => {
  using d = await desk()
  await d.grant(d.bob, 100)
  const own = await d.post(d.mod)
  for (const [author, may] of [
    [d.boss, false],
    [d.peer, false],
    [d.ann, true],
  ] as const) {
    const post = await d.post(author)
    const said = async (on: { id: number }) =>
      (await d.api(author, `POST /posts/${on.id}/comments`, { text: 'Hello.' })).body.id as number
    const [elsewhere, here] = [await said(await d.post(d.bob)), await said(own)]
    const tries = async (as: Somebody) => [
      (await d.api(as, `DELETE /comments/${elsewhere}`)).status,
      (await d.api(as, `DELETE /admin/posts/${post.id}`)).status,
    ]
    const offered = async (as: Somebody) => [
      (await d.page(as, `/comments/${elsewhere}`)).text.includes('Delete comment'),
      (await d.page(as, `/posts/${post.id}`)).text.includes(`/admin/posts/${post.id}`),
      (await d.api(as, `GET /posts/${post.id}`)).body.viewer.mayRemove,
    ]
    expect(await offered(d.mod)).toEqual([may, may, may])
    if (author !== d.boss) expect(await offered(d.boss)).toEqual([true, true, true])
    expect(await offered(d.eve)).toEqual([false, false, undefined])
    expect(await tries(d.mod)).toEqual(may ? [204, 204] : [403, 403])
    expect((await d.api(d.mod, `DELETE /comments/${here}`)).status).toBe(204) // On their own post they decide.
    expect(await tries(d.boss)).toEqual([204, 204])
  }
  expect((await d.api(d.mod, `DELETE /admin/posts/${own.id}`)).status).toBe(204)
})

test('reports about the staff are for administrators, who alone hear of them, see them and settle them', async () => {
  using d = await desk()
  const post = await d.post(d.peer)
  const report = async (what: object) => (await d.api(d.bob, 'POST /reports', { ...what, reason: 'Rude.' })).body.id
  const ids = [await report({ handle: 'mod' }), await report({ postId: post.id }), await report({ handle: 'boss' })]
  const heard = async (as: Somebody) => (await d.api(as, 'GET /notifications')).body.items.length
  expect([await heard(d.mod), await heard(d.peer), await heard(d.boss)]).toEqual([0, 0, 1])
  const open = async (as: Somebody) => [
    (await d.api(as, 'GET /admin/reports')).body.items.length,
    (await d.api(as, 'GET /admin')).body.openReports,
  ]
  expect([await open(d.mod), await open(d.boss)]).toEqual([
    [0, 0],
    [3, 3],
  ])
  const settle = (as: Somebody, id: number, outcome: string) =>
    d.api(as, `PATCH /admin/reports/${id}`, { outcome, note: 'Rude.' })
  for (const id of ids)
    for (const outcome of ['dismissed', 'removed', 'suspended'])
      expect(await settle(d.mod, id, outcome)).toEqual(problem(404, 'not_found'))
  expect((await settle(d.boss, ids[0], 'dismissed')).status).toBe(200)
  expect((await settle(d.boss, ids[1], 'removed')).status).toBe(200)
  await report({ handle: 'ann' })
  expect([await heard(d.mod), await open(d.mod)]).toEqual([1, [1, 1]])
})
