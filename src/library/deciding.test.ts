import { expect, test } from 'bun:test'
import { type Json, problem, type Somebody } from '../../test/harness'
import { type Market, market } from '../../test/market'
import { WON, WON_ID } from '../../test/toss-market'
import { deleteAccount } from '../users/account'

async function shop(settings: object = {}) {
  const m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', settings)
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30, caption: 'Sea' })
  await m.runJobs()
  return { ...m, sea: post as { id: number; price: number } }
}
const ask = (m: Market & { sea: { id: number } }, reason = '잘못 샀어요.') =>
  m.api(m.bob, `POST /library/${m.sea.id}/requests`, { reason })

test('the first press shows price, what remains and the text on refunds; the second buys, without JavaScript too', async () => {
  using m = await shop({ refundText: '열어 보면 환불할 수 없어요.' })
  const headers = { 'accept-language': 'ko' }
  const page = await (await m.request(`/posts/${m.sea.id}`, { browser: m.bob, headers })).text()
  for (const part of [
    '코인 30개로 이 게시물을 구매할까요?',
    '구매하면 코인 70개가 남아요.',
    '열어 보면 환불할 수 없어요.',
  ])
    expect([part, page.includes(part)]).toEqual([part, true])
  expect(page).toMatch(/<details class="confirm">.*<form[^>]*action="\/library\/\d+\?_method=PUT"/s)
  const bought = await m.request(`/library/${m.sea.id}?_method=PUT`, {
    method: 'POST',
    browser: m.bob,
    form: { price: '30' },
  })
  expect([bought.status, (await m.wallet(m.bob)).balance]).toEqual([303, 70])
})

test('with undo, nothing is shown for ten seconds, and undoing gives the coins back', async () => {
  using m = await shop({ undo: 'on' })
  const made = await m.buy(m.bob, m.sea)
  expect([made.status, made.body]).toMatchObject([
    201,
    { locked: true, viewer: { bought: false, undoUntil: expect.any(String) } },
  ])
  expect(JSON.stringify(made.body)).not.toContain('/full/')
  expect((await m.buy(m.bob, m.sea)).status).toBe(200)
  expect((await m.api(m.ann, 'GET /notifications')).body.items).toEqual([])
  expect((await m.api(m.eve, `DELETE /library/${m.sea.id}`)).status).toBe(404)
  expect((await m.api(m.bob, `DELETE /library/${m.sea.id}`)).status).toBe(204)
  expect([(await m.wallet(m.bob)).balance, (await m.wallet(m.ann)).balance]).toEqual([100, 0])
  await m.runJobs()
  expect((await m.api(m.bob, `GET /posts/${m.sea.id}`)).body.locked).toBe(true)
  expect(await m.audit()).toEqual([])
})

test('what was not undone is shown after ten seconds by a job, or at once when the buyer asks', async () => {
  using m = await shop({ undo: 'on' })
  const other = await m.post(m.ann, { price: 20 })
  await m.buy(m.bob, m.sea)
  await m.buy(m.bob, other)
  expect((await m.api(m.bob, `PUT /library/${other.id}/shown`)).body).toMatchObject({ locked: false })
  expect(await m.api(m.bob, `DELETE /library/${other.id}`)).toEqual(problem(409, 'too_late'))
  m.pass(10_001)
  expect(await m.api(m.bob, `DELETE /library/${m.sea.id}`)).toEqual(problem(409, 'too_late'))
  await m.runJobs()
  expect((await m.api(m.bob, `GET /posts/${m.sea.id}`)).body).toMatchObject({
    locked: false,
    viewer: { bought: true },
  })
  const told = (await m.api(m.ann, 'GET /notifications')).body.items.map(({ kind, coins }: Json) => [kind, coins])
  expect(told.sort()).toEqual([
    ['purchase', 20],
    ['purchase', 30],
  ])
  expect(await m.audit()).toEqual([])
})

test('eight undos at once, and one with an opening, give the coins back once or not at all', async () => {
  using m = await shop({ undo: 'on' })
  await m.buy(m.bob, m.sea)
  const all = await Promise.all([
    ...Array.from({ length: 8 }, () => m.api(m.bob, `DELETE /library/${m.sea.id}`)),
    m.api(m.bob, `PUT /library/${m.sea.id}/shown`),
  ])
  expect(all.filter(({ status }) => status === 204).length).toBeLessThanOrEqual(1)
  const { locked } = (await m.api(m.bob, `GET /posts/${m.sea.id}`)).body
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([locked ? 100 : 70, []])
})

test('without undo, a purchase is shown at once and cannot be undone', async () => {
  using m = await shop()
  expect((await m.buy(m.bob, m.sea)).body).toMatchObject({ locked: false })
  expect(await m.api(m.bob, `DELETE /library/${m.sea.id}`)).toEqual(problem(409, 'too_late'))
})

test('a buyer asks for a refund with a reason, and the creator gives it', async () => {
  using m = await shop()
  expect((await ask(m)).status).toBe(404)
  await m.buy(m.bob, m.sea)
  expect((await m.api(m.bob, 'GET /coins/refunds/mine')).body.purchases).toMatchObject([
    { postId: m.sea.id, coins: 30 },
  ])
  expect((await ask(m, ' ')).status).toBe(422)
  const { status, body } = await ask(m)
  expect([status, body]).toMatchObject([
    201,
    { status: 'asked', reason: '잘못 샀어요.', buyer: 'bob', seller: 'ann', coins: 30 },
  ])
  expect(await ask(m)).toEqual(problem(409, 'already_asked'))
  expect((await m.api(m.ann, 'GET /notifications')).body.items[0]).toMatchObject({
    kind: 'staff',
    url: '/coins/refunds',
  })
  expect((await m.api(m.boss, 'GET /notifications')).body.items[0]).toMatchObject({ url: '/admin/refunds' })
  expect((await m.api(m.ann, 'GET /coins/refunds')).body.items).toMatchObject([{ id: body.id }])
  for (const who of [m.eve, m.bob])
    expect(await m.api(who, `PATCH /coins/refunds/${body.id}`, { status: 'refunded' })).toEqual(
      problem(404, 'not_found'),
    )
  expect((await m.api(m.eve, 'GET /coins/refunds')).body.items).toEqual([])
  expect((await m.api(m.eve, 'GET /admin/refunds')).status).toBe(403)
  const all = await Promise.all(
    Array.from({ length: 6 }, () => m.api(m.ann, `PATCH /coins/refunds/${body.id}`, { status: 'refunded' })),
  )
  expect(all.map(({ status }) => status)).toEqual(Array(6).fill(200))
  expect([(await m.wallet(m.bob)).balance, (await m.wallet(m.ann)).balance, await m.audit()]).toEqual([100, 0, []])
  expect((await m.api(m.bob, 'GET /coins/refunds/mine')).body).toMatchObject({
    items: [{ status: 'refunded' }],
    purchases: [],
  })
})

test('the staff decide, too: a refusal is told with its reason and recorded', async () => {
  using m = await shop()
  await m.buy(m.bob, m.sea)
  const { id } = (await ask(m)).body
  await m.api(m.boss, `PATCH /coins/refunds/${id}`, { status: 'refused', note: '이미 열어 보셨어요.' })
  expect((await m.api(m.bob, 'GET /notifications')).body.items[0]).toMatchObject({ note: '이미 열어 보셨어요.' })
  expect((await m.api(m.boss, 'GET /admin/actions')).body.items[0]).toMatchObject({
    kind: 'refund_refused',
    by: 'boss',
    on: 'bob',
    reason: '이미 열어 보셨어요.',
  })
  expect(await m.api(m.ann, `PATCH /coins/refunds/${id}`, { status: 'refunded' })).toEqual(
    problem(409, 'already_decided'),
  )
  expect(await ask(m)).toEqual(problem(409, 'already_asked'))
  expect((await m.wallet(m.bob)).balance).toBe(70)
})

test('a request in time can be granted later, one that is late is refused, and a refund made elsewhere ends it', async () => {
  using m = await shop({ refundDays: 7 })
  const other = await m.post(m.ann, { price: 20 })
  await m.buy(m.bob, m.sea)
  await m.buy(m.bob, other)
  const { id } = (await ask(m)).body
  m.pass(8 * 24 * 3600_000)
  expect(await m.api(m.bob, `POST /library/${other.id}/requests`, { reason: 'x' })).toEqual(problem(409, 'too_late'))
  expect((await m.api(m.ann, `PATCH /coins/refunds/${id}`, { status: 'refunded' })).status).toBe(200)
  expect((await m.wallet(m.bob)).balance).toBe(80)
  await m.buy(m.bob, m.sea)
  const again = (await ask(m)).body
  await m.api(m.ann, `POST /library/${m.sea.id}/refunds`, { handle: 'bob' })
  expect((await m.api(m.bob, 'GET /coins/refunds/mine')).body.items[0]).toMatchObject({
    id: again.id,
    status: 'refunded',
  })
  expect(await m.audit()).toEqual([])
})

test('a request can be withdrawn and made again, and is erased with the account', async () => {
  using m = await shop()
  await m.buy(m.bob, m.sea)
  const { id } = (await ask(m)).body
  expect((await m.api(m.eve, `DELETE /coins/refunds/${id}`)).status).toBe(404)
  for (let i = 0; i < 2; i++) expect((await m.api(m.bob, `DELETE /coins/refunds/${id}`)).status).toBe(204)
  expect((await ask(m)).body).toMatchObject({ id, status: 'asked' })
  await m.app.write((tx) => deleteAccount(tx, m.bob, m.app.now(), { forfeit: true }))
  await m.runJobs()
  expect((await m.api(m.boss, 'GET /admin/refunds')).body.items).toMatchObject([{ status: 'withdrawn', reason: '' }])
})

test('lists of refunds keep from each reader the captions that they may not read any more', async () => {
  using m = await shop()
  await m.buy(m.bob, m.sea)
  const captions = async (as: Somebody, path: string) =>
    (await m.api(as, `GET ${path}`)).body.items.map(({ caption }: Json) => caption)
  const { id, caption } = (await ask(m)).body
  const lists = async () => [
    await captions(m.bob, '/coins/refunds/mine'),
    await captions(m.boss, '/admin/refunds'),
    await captions(m.ann, '/coins/refunds'),
  ]
  expect([caption, await lists()]).toEqual(['Sea', [['Sea'], ['Sea'], ['Sea']]])
  await m.api(m.ann, `PATCH /posts/${m.sea.id}`, { visibility: 'followers', caption: 'Secret' })
  expect(await lists()).toEqual([['Secret'], [''], ['Secret']]) // the buyer still has it
  expect((await m.api(m.boss, `PATCH /coins/refunds/${id}`, { status: 'refunded' })).body.caption).toBe('')
  expect(await lists()).toEqual([[''], [''], ['Secret']])
  await m.api(m.ann, `PATCH /posts/${m.sea.id}`, { visibility: 'everyone' })
  expect(await lists()).toEqual([['Secret'], ['Secret'], ['Secret']])
  await m.api(m.ann, 'PUT /blocks/bob')
  expect(await lists()).toEqual([[''], ['Secret'], ['Secret']])
})

test('pages ask for refunds and decide them', async () => {
  using m = await shop()
  await m.buy(m.bob, m.sea)
  const send = (path: string, form: Record<string, string>, browser = m.bob) =>
    m.request(path, { method: 'POST', browser, form })
  expect(await (await m.request('/coins/refunds/mine', { browser: m.bob })).text()).toContain(
    `/library/${m.sea.id}/requests`,
  )
  expect((await send(`/library/${m.sea.id}/requests`, { reason: 'By mistake' })).headers.get('location')).toBe(
    '/coins/refunds/mine',
  )
  expect(await (await m.request('/coins/refunds', { browser: m.ann })).text()).toContain('By mistake')
  expect(await (await m.request('/admin/refunds', { browser: m.boss })).text()).toContain('By mistake')
  const decided = await send('/coins/refunds/1?at=desk&_method=PATCH', { status: 'refunded' }, m.boss)
  expect([decided.status, decided.headers.get('location')]).toEqual([303, '/admin/refunds'])
})

test('where the host asks for an age, buyers of coins confirm it once', async () => {
  using m = await shop({ buyerAge: 19, packs: [WON], bank: { account: '1002-1' } })
  const request = (more: object = {}) =>
    m.api(m.bob, 'POST /coins/topups', { pack: WON_ID, depositor: '홍길동', ...more })
  const refused = await request()
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'age' }]])
  expect((await request({ age: false })).status).toBe(422)
  const headers = { 'accept-language': 'ko' }
  const page = async () => (await m.request('/coins/topups', { browser: m.bob, headers })).text()
  expect(await page()).toContain('만 19세 이상이에요.')
  expect((await request({ age: true })).status).toBe(201)
  expect((await request()).status).toBe(201)
  expect(await page()).not.toContain('만 19세 이상이에요.')
  await m.api(m.boss, 'PATCH /admin/settings', { buyerAge: 20 })
  expect((await request()).status).toBe(422)
})
