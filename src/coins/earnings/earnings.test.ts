import { expect, test } from 'bun:test'
import { type Json, problem } from '../../../test/harness'
import { market } from '../../../test/market'

const DAY_MS = 24 * 3600_000

/** Creates earnings: Ann sells two posts on two days, one as a gift, and gets a tip. One sale is refunded. */
async function withSales() {
  const m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { feePercent: 10 })
  for (const somebody of [m.bob, m.eve]) await m.grant(somebody, 500)
  const [one, two] = [await m.post(m.ann, { price: 100, caption: 'First' }), await m.post(m.ann, { price: 50 })]
  await m.buy(m.bob, one)
  await m.buy(m.eve, one)
  m.pass(DAY_MS)
  await m.api(m.bob, `POST /posts/${two.id}/gifts`, { handle: 'eve', price: 50 })
  await m.api(m.bob, 'POST /coins/tips', { handle: 'ann', coins: 20 })
  await m.api(m.ann, `POST /library/${one.id}/refunds`, { handle: 'eve' })
  return { ...m, one, two }
}

test('earnings are listed by day and by post, minus fees, with refunds counted separately', async () => {
  using m = await withSales()
  const { body } = await m.api(m.ann, 'GET /coins/earnings')
  expect(body).toMatchObject({ sales: 250, tips: 20, fees: 27, earned: 243, takenBack: 90 })
  expect(body.days.length).toBe(30)
  expect(body.days.slice(-2)).toEqual([
    { day: '2026-01-01', sales: 200, tips: 0, fees: 20, earned: 180, takenBack: 0 },
    { day: '2026-01-02', sales: 50, tips: 20, fees: 7, earned: 63, takenBack: 90 },
  ])
  expect(body.posts).toEqual([
    { postId: m.one.id, caption: 'First', times: 2, sales: 200, tips: 0, earned: 180 },
    { postId: m.two.id, caption: '', times: 1, sales: 50, tips: 0, earned: 45 },
    { postId: null, caption: null, times: 0, sales: 0, tips: 20, earned: 18 },
  ])
  expect((await m.api(m.ann, 'GET /coins/earnings?days=90')).body.days.length).toBe(90)
  expect(await m.api(m.ann, 'GET /coins/earnings?days=7')).toEqual(problem(422, 'invalid'))
  expect((await m.api(m.bob, 'GET /coins/earnings?days=90')).body).toMatchObject({
    sales: 0,
    tips: 0,
    earned: 0,
    takenBack: 0,
  })
})

test('sales show the owner, the giver and whether a refund is possible', async () => {
  using m = await withSales()
  const { items } = (await m.api(m.ann, 'GET /coins/sales')).body
  expect(items).toMatchObject([
    { postId: m.two.id, buyer: { handle: 'eve' }, giver: 'bob', coins: 50, fee: 5, status: 'sold', refundable: true },
    {
      postId: m.one.id,
      buyer: { handle: 'eve' },
      giver: null,
      coins: 100,
      fee: 10,
      status: 'refunded',
      refundable: false,
    },
    { postId: m.one.id, buyer: { handle: 'bob' }, status: 'sold', refundable: true },
  ])
  const first = (await m.api(m.ann, 'GET /coins/sales?limit=2')).body
  const second = (await m.api(m.ann, `GET /coins/sales?limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...second.items].map(({ id }: Json) => id)).toEqual(items.map(({ id }: Json) => id))
  expect((await m.api(m.bob, 'GET /coins/sales')).body.items).toEqual([])
  const page = await (await m.request('/coins/earnings', { browser: m.ann })).text()
  expect([page.includes('<svg'), page.includes('style='), page.includes(`/library/${m.two.id}/refunds`)]).toEqual([
    true,
    false,
    true,
  ])
})

test('staff find purchases by buyer, seller and post', async () => {
  using m = await withSales()
  const found = async (query: string) => {
    const { body } = await m.api(m.boss, `GET /admin/purchases${query}`)
    return body.items.map(({ postId, buyer, seller }: Json) => [postId, buyer.handle, seller])
  }
  const [one, two] = [m.one.id, m.two.id]
  expect(await found('')).toEqual([
    [two, 'eve', 'ann'],
    [one, 'eve', 'ann'],
    [one, 'bob', 'ann'],
  ])
  expect(await found('?buyer=@eve')).toEqual([
    [two, 'eve', 'ann'],
    [one, 'eve', 'ann'],
  ])
  expect(await found(`?buyer=eve&seller=ann&post=${one}`)).toEqual([[one, 'eve', 'ann']])
  expect(await found(`?post=${one}&buyer=`)).toEqual([
    [one, 'eve', 'ann'],
    [one, 'bob', 'ann'],
  ])
  for (const query of ['?buyer=nobody', '?seller=bob', '?post=x', '?post=999'])
    expect([query, await found(query)]).toEqual([query, []])
  expect((await m.api(m.ann, 'GET /admin/purchases')).status).toBe(403)
  const page = await (await m.request('/admin/purchases?buyer=eve', { browser: m.boss })).text()
  expect(page).toContain(`/library/${two}/refunds?at=desk`)
})

test('staff pages hide captions of posts that a moderator may not see, and pictures across a block', async () => {
  using m = await market()
  await m.api(m.bob, 'PUT /follows/ann')
  const post = await m.post(m.ann, { price: 10, caption: 'Among us', visibility: 'followers' })
  await m.grant(m.bob, 10)
  await m.buy(m.bob, post)
  for (const query of ['', '?seller=ann']) {
    const { body } = await m.api(m.boss, `GET /admin/purchases${query}`)
    expect(body.items).toMatchObject([{ postId: post.id, caption: '', buyer: { handle: 'bob' } }])
  }
  await m.api(m.boss, 'PUT /follows/ann')
  expect((await m.api(m.boss, 'GET /admin/purchases')).body.items).toMatchObject([{ caption: 'Among us' }])
  using other = m.openDatabase()
  other.run('update users set avatar_file_id = ? where id = ?', [await m.photo(m.bob), m.bob.id])
  const sale = async () => (await m.api(m.ann, 'GET /coins/sales')).body.items[0]
  expect(await sale()).toMatchObject({ caption: 'Among us', buyer: { avatarUrl: expect.any(String) } })
  await m.api(m.bob, 'PUT /blocks/ann')
  expect(await sale()).toMatchObject({ caption: 'Among us', buyer: { handle: 'bob', avatarUrl: null } })
})
