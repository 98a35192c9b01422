import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { type As, problem } from '../../test/harness'
import { type Market, market } from '../../test/market'
import { users } from '../users/table'
import { feeOf } from './transfer-legs'

const DAY_MS = 24 * 3600_000

const tip = (m: Market, coins: unknown, to = 'ann', more: object = {}, headers?: Record<string, string>) =>
  m.api(m.bob, 'POST /coins/tips', { handle: to, coins, ...more }, headers)
const give = (
  m: Market,
  { id, price }: { id: number; price: number },
  handle = 'eve',
  headers?: Record<string, string>,
) => m.api(m.bob, `POST /posts/${id}/gifts`, { handle, price }, headers)
const refund = (
  m: Market,
  as: { token: string },
  { id }: { id: number },
  handle: string,
  headers?: Record<string, string>,
) => m.api(as, `POST /library/${id}/refunds`, { handle }, headers)
const rules = async (m: Market, patch: object) =>
  expect((await m.api(m.boss, 'PATCH /admin/settings', patch)).status).toBe(200)
const balances = async (m: Market) =>
  [await m.wallet(m.bob), await m.wallet(m.ann), await m.wallet(m.eve)].map(({ balance }) => balance)
const house = (m: Market) => {
  using other = m.openDatabase()
  return (
    other.query<{ balance: number }, []>(`select balance from coin_accounts where kind = 'house'`).get()?.balance ?? 0
  )
}

test('a tip counts as earned, has a note and a post, and appears for both people', async () => {
  using m = await market()
  await m.grant(m.bob, 50)
  const post = await m.post(m.ann)
  const made = await tip(m, 20, '@ann', { postId: post.id, note: 'for the fog' })
  expect([made.status, made.headers.get('location'), made.body]).toEqual([
    201,
    '/api/coins/entries',
    { id: expect.any(Number), handle: 'ann', coins: 20, postId: post.id, balance: 30 },
  ])
  expect(await m.wallet(m.ann)).toEqual({ balance: 20, earned: 20, reserved: 0 })
  const [came] = (await m.api(m.ann, 'GET /coins/entries')).body.items
  expect(came).toMatchObject({ kind: 'tip', coins: 20, postId: post.id, handle: 'bob', note: 'for the fog' })
  const [went] = (await m.api(m.bob, 'GET /coins/entries')).body.items
  expect(went).toMatchObject({ kind: 'tip', coins: -20, balanceAfter: 30, handle: 'ann' })
  const [told] = (await m.api(m.ann, 'GET /notifications')).body.items
  expect(told).toMatchObject({ kind: 'tip', coins: 20, actors: [{ handle: 'bob' }], post: { id: post.id } })
  expect(await m.audit()).toEqual([])
})

test('an invalid tip is refused with a clear code and changes nothing', async () => {
  using m = await market()
  await m.grant(m.bob, 50)
  const [gone, shut, foe] = [await m.user('gone'), await m.user('shut'), await m.user('foe')]
  await m.app.write((tx) => tx.update(users).set({ deletedAt: m.app.now() }).where(eq(users.id, gone.id)))
  await m.app.write((tx) => tx.update(users).set({ suspendedAt: m.app.now() }).where(eq(users.id, shut.id)))
  await m.api(foe, 'PUT /blocks/bob')
  await m.api(m.bob, 'PUT /blocks/eve')
  const hidden = await m.post(m.ann, { visibility: 'followers' })
  for (const coins of [0, -1, 1.5, 1_000_001, 1e300, '5', null, true, undefined])
    expect([coins, await tip(m, coins)]).toEqual([coins, problem(422, 'invalid')])
  expect(await tip(m, 51)).toEqual(problem(402, 'insufficient_coins', { balance: 50, price: 51 }))
  expect(await tip(m, 5, 'bob')).toEqual(problem(409, 'self_tip'))
  for (const handle of ['nobody', 'gone', 'shut', 'foe'])
    expect([handle, await tip(m, 5, handle)]).toEqual([handle, problem(404, 'not_found')])
  expect(await tip(m, 5, 'eve')).toEqual(problem(409, 'blocked'))
  for (const postId of [hidden.id, 999]) expect(await tip(m, 5, 'ann', { postId })).toEqual(problem(404, 'not_found'))
  expect(await tip(m, 5, 'ann', { note: 'x'.repeat(201) })).toEqual(problem(422, 'invalid'))
  expect((await m.api(null, 'POST /coins/tips', { handle: 'ann', coins: 5 })).status).toBe(401)
  expect([await balances(m), await m.audit()]).toEqual([[50, 0, 0], []])
})

test('a gift appears in the library of its recipient and is paid by its giver', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  expect((await m.api(m.eve, `GET /posts/${post.id}`)).body.locked).toBe(true)
  const made = await give(m, post)
  expect([made.status, made.body]).toEqual([201, { postId: post.id, handle: 'eve', coins: 30, balance: 70 }])
  expect((await m.api(m.eve, 'GET /library')).body.items).toMatchObject([
    { id: post.id, locked: false, viewer: { bought: true } },
  ])
  expect([await balances(m), await m.wallet(m.ann)]).toEqual([[70, 30, 0], { balance: 30, earned: 30, reserved: 0 }])
  expect((await m.api(m.eve, 'GET /notifications')).body.items).toMatchObject([
    { kind: 'gift', actors: [{ handle: 'bob' }] },
  ])
  expect((await m.api(m.bob, 'GET /coins/entries')).body.items[0]).toMatchObject({
    kind: 'gift',
    coins: -30,
    handle: 'eve',
  })
  expect((await m.api(m.bob, `GET /posts/${post.id}`)).body.locked).toBe(true) // the gift unlocks it only for Eve
  expect([await m.buy(m.eve, post).then(({ status }) => status), await m.audit()]).toEqual([200, []])
})

test('a gift is refused for the reasons of a purchase, then for those of its recipient, and changes nothing', async () => {
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  await m.grant(m.bob, 20)
  await m.grant(m.eve, 10)
  const [post, dear, free, mine] = [
    await m.post(m.ann, { price: 10 }),
    await m.post(m.ann, { price: 30 }),
    await m.post(m.ann),
    await m.post(m.bob, { price: 5 }),
  ]
  const hidden = await m.post(m.ann, { price: 5, visibility: 'followers' })
  expect(await give(m, { id: 999, price: 1 })).toEqual(problem(404, 'not_found'))
  expect(await give(m, hidden)).toEqual(problem(404, 'not_found'))
  await m.api(m.bob, 'PUT /follows/ann')
  expect(await give(m, hidden)).toEqual(problem(404, 'not_found')) // Eve is not allowed to see the post
  expect(await give(m, mine)).toEqual(problem(409, 'own_post'))
  expect(await give(m, free)).toEqual(problem(409, 'not_for_sale'))
  expect(await give(m, { ...post, price: 9 })).toEqual(problem(409, 'price_changed', { price: 10 }))
  expect(await give(m, dear)).toEqual(problem(402, 'insufficient_coins', { balance: 20, price: 30 }))
  expect(await give(m, post, 'nobody')).toEqual(problem(404, 'not_found'))
  expect(await give(m, post, 'bob')).toEqual(problem(409, 'self_gift'))
  expect(await give(m, post, 'ann')).toEqual(problem(409, 'own_post'))
  for (const price of [1.5, '10', null])
    expect((await m.api(m.bob, `POST /posts/${post.id}/gifts`, { handle: 'eve', price })).status).toBe(422)
  await m.buy(m.eve, post)
  expect(await give(m, post)).toEqual(problem(409, 'already_bought'))
  await m.api(m.ann, `DELETE /posts/${post.id}`)
  expect(await give(m, post)).toEqual(problem(404, 'not_found'))
  expect([await balances(m), await m.audit()]).toEqual([[20, 10, 0], []])
})

test('when two people give the same post at the same time, only one of them pays', async () => {
  using m = await market()
  const carl = await m.user('carl')
  for (const somebody of [m.bob, carl, m.eve]) await m.grant(somebody, 30)
  const post = await m.post(m.ann, { price: 30 })
  const answers = await Promise.all([
    give(m, post),
    m.api(carl, `POST /posts/${post.id}/gifts`, { handle: 'eve', price: 30 }),
    m.buy(m.eve, post),
  ])
  expect(answers.filter(({ status }) => status === 201).length).toBe(1)
  expect([(await m.wallet(m.ann)).balance, await m.audit()]).toEqual([30, []])
})

test('the fee is rounded down in favour of the creator, and a refund returns it', async () => {
  expect([feeOf(99, 10), feeOf(9, 10), feeOf(1_000_000, 50), feeOf(7, 33), feeOf(100, 0)]).toEqual([
    9, 0, 500_000, 2, 0,
  ])
  using m = await market()
  await m.grant(m.bob, 200)
  await rules(m, { feePercent: 10 })
  const [one, two] = [await m.post(m.ann, { price: 99 }), await m.post(m.ann, { price: 19 })]
  await m.buy(m.bob, one)
  await tip(m, 15)
  await give(m, two)
  expect([await m.wallet(m.ann), house(m)]).toEqual([
    { balance: 99 + 15 + 19 - 11, earned: 122, reserved: 0 },
    9 + 1 + 1,
  ])
  expect((await m.api(m.ann, 'GET /coins/entries')).body.items.slice(0, 2)).toMatchObject([
    { kind: 'fee', coins: -1 },
    { kind: 'sale', coins: 19, postId: two.id, handle: 'bob' },
  ])
  await rules(m, { feePercent: 50 }) // a refund returns the fee that was taken, not the current one
  expect((await refund(m, m.ann, one, 'bob')).body).toEqual({
    postId: one.id,
    handle: 'bob',
    coins: 99,
    at: expect.any(String),
  })
  expect([await balances(m), house(m), await m.audit()]).toEqual([[200 - 15 - 19, 122 - 90, 0], 2, []])
  for (const feePercent of [-1, 51, 0.5, 'x'])
    expect((await m.api(m.boss, 'PATCH /admin/settings', { feePercent })).status).toBe(422)
})

test('a refund by the creator or an administrator ends access immediately and returns the coins to the payer', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const [post, gift] = [await m.post(m.ann, { price: 30 }), await m.post(m.ann, { price: 20 })]
  await m.buy(m.bob, post)
  await give(m, gift)
  const link = (await m.api(m.bob, `GET /posts/${post.id}`)).body.files[0].renditions.full.url
  const hers = (await m.api(m.eve, `GET /posts/${gift.id}`)).body.files[0].renditions.full.url
  for (const as of [m.bob, m.eve]) expect(await refund(m, as, post, 'bob')).toEqual(problem(403, 'forbidden'))
  expect(await refund(m, m.ann, post, 'eve')).toEqual(problem(404, 'not_found'))
  expect(await refund(m, m.ann, post, 'nobody')).toEqual(problem(404, 'not_found'))
  expect((await m.request(link, { as: m.bob })).status).toBe(200)
  const key = { 'idempotency-key': 'once' }
  const done = await refund(m, m.ann, post, 'bob', key)
  expect([done.status, (await refund(m, m.ann, post, 'bob', key)).body]).toEqual([201, done.body])
  expect(await refund(m, m.ann, post, 'bob')).toEqual(problem(409, 'already_refunded'))
  expect([
    (await m.request(link, { as: m.bob })).status,
    (await m.api(m.bob, `GET /posts/${post.id}`)).body.locked,
  ]).toEqual([410, true])
  expect((await m.api(m.bob, 'GET /library')).body.items).toEqual([])
  expect((await refund(m, m.boss, gift, 'eve')).status).toBe(201)
  expect((await m.request(hers, { as: m.eve })).status).toBe(410)
  expect([await balances(m), await m.audit()]).toEqual([[100, 0, 0], []])
  expect((await m.api(m.bob, 'GET /notifications')).body.items).toMatchObject([{ kind: 'refund' }, { kind: 'refund' }])
})

test('administrators cannot refund their own purchases, so they cannot see paid posts for free', async () => {
  using m = await market()
  const chief = await m.user('chief', { role: 'admin' })
  await m.grant(chief, 100)
  const [post, gift] = [await m.post(m.ann, { price: 30 }), await m.post(m.ann, { price: 20 })]
  await m.buy(chief, post)
  await m.api(chief, `POST /posts/${gift.id}/gifts`, { handle: 'eve', price: 20 })
  expect(await refund(m, chief, post, 'chief')).toEqual(problem(403, 'own_purchase'))
  expect(await refund(m, chief, gift, 'eve')).toEqual(problem(403, 'own_purchase'))
  expect((await m.wallet(chief)).balance).toBe(50)
  expect((await refund(m, m.boss, post, 'chief')).status).toBe(201)
  expect((await refund(m, m.ann, gift, 'eve')).status).toBe(201)
  expect([(await m.wallet(chief)).balance, await m.audit()]).toEqual([100, []])
})

test('a late refund is refused; administrators may leave a creator a debt, which later sales repay', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  await m.buy(m.bob, post)
  await m.api(m.ann, 'POST /coins/tips', { handle: 'eve', coins: 25 })
  m.pass(14 * DAY_MS + 1)
  const late = (by: As) => refund(m, by, post, 'bob')
  expect(await late(m.ann)).toEqual(problem(409, 'too_late'))
  await rules(m, { refundDays: 15 })
  expect(await late(m.ann)).toEqual(problem(402, 'insufficient_coins', { balance: 5, price: 30 }))
  expect((await late(m.boss)).status).toBe(201)
  using other = m.openDatabase()
  const debt = () =>
    other.query<{ balance: number }, []>(`select balance from coin_accounts where kind = 'debt'`).get()!.balance
  expect([await balances(m), debt()]).toEqual([[100, 0, 25], -25])
  await tip(m, 40)
  expect([await m.wallet(m.ann), debt(), await m.audit()]).toEqual([{ balance: 15, earned: 15, reserved: 0 }, 0, []])
})

test('a tip and a gift sent again with the same key are made once', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  const key = { 'idempotency-key': 'k' }
  const tips = await Promise.all(Array.from({ length: 6 }, () => tip(m, 7, 'ann', {}, key)))
  expect(tips.map(({ status, body }) => [status, body.id])).toEqual(Array(6).fill([201, tips[0]!.body.id]))
  expect(await tip(m, 8, 'ann', {}, key)).toEqual(problem(422, 'key_reused'))
  const gifts = await Promise.all([1, 2, 3].map(() => give(m, post, 'eve', key)))
  expect([gifts.map(({ status }) => status), await balances(m), await m.audit()]).toEqual([
    [201, 201, 201],
    [63, 37, 0],
    [],
  ])
})

test('the pages tip, give and refund with and without JavaScript', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  const page = async (path: string) => (await m.request(path, { browser: m.bob })).text()
  expect(await page('/users/ann')).toContain('/coins/tips/new?handle=ann')
  expect(await page(`/posts/${post.id}`)).toContain(`/posts/${post.id}/gifts/new`)
  expect(await page(`/coins/tips/new?handle=ann&post=${post.id}`)).toContain('name="coins"')
  expect(await page(`/posts/${post.id}/gifts/new`)).toContain('Send gift · 30 coins')
  const send = (path: string, form: Record<string, string>, headers = {}) =>
    m.request(path, { method: 'POST', browser: m.bob, form, headers })
  const tipped = await send('/coins/tips', { handle: 'ann', coins: '10', postId: '', note: '', idempotencyKey: 'a' })
  expect([tipped.status, tipped.headers.get('location')]).toEqual([303, '/coins'])
  const again = await send('/coins/tips', { handle: 'ann', coins: '1000' })
  expect([again.status, (await again.text()).includes('value="1000"')]).toEqual([402, true])
  const given = await send(`/posts/${post.id}/gifts`, { handle: 'eve', price: '30' }, { 'hx-request': 'true' })
  expect([given.status, (await given.text()).includes('@eve')]).toEqual([201, true])
  const back = await m.request(`/library/${post.id}/refunds`, {
    method: 'POST',
    browser: m.ann,
    form: { handle: 'eve' },
  })
  expect([back.status, back.headers.get('location'), await balances(m)]).toEqual([303, '/coins/earnings', [90, 10, 0]])
})

test('tips and gifts are unavailable when coins are off', async () => {
  using m = await market({ PINHOLE_COINS: 'off' })
  const post = await m.post(m.ann)
  for (const call of [
    'POST /coins/tips',
    `POST /posts/${post.id}/gifts`,
    `POST /library/${post.id}/refunds`,
    'POST /coins/payouts',
  ])
    expect([call, (await m.api(m.bob, call, {})).status]).toEqual([call, 404])
  expect(await (await m.request('/users/ann', { browser: m.bob })).text()).not.toContain('/coins/')
})
