import { expect, test } from 'bun:test'
import { type Json, problem } from '../../test/harness'
import { market } from '../../test/market'

const times = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length

test('refusals come in the order of the contract', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 30 })
  const offer = (price: number, id = post.id) => m.buy(m.bob, { id, price })
  const reprice = (price: number) => m.api(m.ann, `PATCH /posts/${post.id}`, { price })

  expect(await m.buy(null, post)).toEqual(problem(401, 'unauthenticated'))
  expect(await offer(30, 999)).toEqual(problem(404, 'not_found'))
  expect(await m.buy(m.ann, { id: post.id, price: 5 })).toEqual(problem(409, 'own_post'))
  expect(await offer(31)).toEqual(problem(409, 'price_changed', { price: 30 }))
  expect(await offer(0)).toEqual(problem(409, 'price_changed', { price: 30 }))
  expect(await offer(30)).toEqual(problem(402, 'insufficient_coins', { balance: 0, price: 30 }))
  await m.grant(m.bob, 29)
  expect(await offer(30)).toEqual(problem(402, 'insufficient_coins', { balance: 29, price: 30 }))
  await reprice(0)
  expect(await offer(30)).toEqual(problem(409, 'not_for_sale'))
  expect(await m.buy(m.ann, { id: post.id, price: 0 })).toEqual(problem(409, 'own_post'))
  await reprice(30)
  await m.grant(m.bob, 31)

  const made = await offer(30)
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/library/${post.id}`])
  const bought = {
    locked: false,
    boughtAt: '2026-01-01T00:00:00.000Z',
    pricePaid: 30,
    viewer: { own: false, bought: true },
  }
  expect(made.body).toMatchObject({ id: post.id, ...bought })
  expect(Object.keys(made.body.files[0].renditions)).toEqual(['thumb', 'feed', 'full', 'blurred'])
  for (const price of [30, 31, 0]) expect(await offer(price)).toMatchObject({ status: 200, body: bought })
  await reprice(500)
  expect(await offer(30)).toMatchObject({ status: 200, body: { ...bought, price: 500 } })
  await reprice(0)
  expect(await offer(500)).toMatchObject({ status: 200, body: bought })
  expect((await m.api(m.bob, `GET ${made.headers.get('location')!.slice(4)}`)).body).toMatchObject(bought)
  expect([await m.wallet(m.bob), await m.wallet(m.ann), await m.audit()]).toEqual([
    { balance: 30, earned: 0, reserved: 0 },
    { balance: 30, earned: 30, reserved: 0 },
    [],
  ])
  for (const body of [{}, { price: '30' }, { price: 1.5 }, { price: null }])
    expect((await m.api(m.eve, `PUT /library/${post.id}`, body)).status).toBe(422)
})

test('people cannot buy a post that they may not see', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const friends = await m.post(m.ann, { price: 30, visibility: 'followers' })
  expect(await m.buy(m.bob, friends)).toEqual(problem(404, 'not_found'))
  await m.api(m.bob, 'PUT /follows/ann')
  expect((await m.buy(m.bob, friends)).status).toBe(201)
  await m.api(m.bob, 'DELETE /follows/ann')
  expect((await m.api(m.bob, `GET /posts/${friends.id}`)).body).toMatchObject({
    locked: false,
    viewer: { bought: true },
  })
  const deleted = await m.post(m.ann, { price: 30 })
  await m.api(m.ann, `DELETE /posts/${deleted.id}`)
  expect(await m.buy(m.bob, deleted)).toEqual(problem(404, 'not_found'))
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([70, []])
})

test('buying a post twice at the same time counts once', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  const answers = await Promise.all(Array.from({ length: 8 }, () => m.buy(m.bob, post)))
  expect([times(answers, 201), times(answers, 200)]).toEqual([1, 7])
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([70, []])
})

test('a buyer never pays a changed price they have not seen', async () => {
  using m = await market()
  await m.grant(m.bob, 1000)
  for (let price = 10; price < 20; price++) {
    const post = await m.post(m.ann, { price })
    const [answer] = await Promise.all([
      m.buy(m.bob, post),
      m.api(m.ann, `PATCH /posts/${post.id}`, { price: 100 }),
      m.buy(m.eve, post),
    ])
    if (answer.status === 201) expect(answer.body.pricePaid).toBe(price)
    else expect(answer).toEqual(problem(409, 'price_changed', { price: 100 }))
  }
  expect(await m.audit()).toEqual([])
})

test('of 64 concurrent purchases with coins for ten, exactly ten succeed', async () => {
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  await m.grant(m.bob, 109)
  const posts: Json[] = []
  for (let i = 0; i < 64; i++) posts.push(await m.post(i % 2 ? m.ann : m.eve, { price: 10 }))
  const answers = await Promise.all(posts.map((post) => m.buy(m.bob, post)))
  expect([times(answers, 201), times(answers, 402)]).toEqual([10, 54])
  const { items } = (await m.api(m.bob, 'GET /library?limit=100')).body
  expect(items.map(({ id }: { id: number }) => id).sort()).toEqual(
    answers.flatMap(({ status }, at) => (status === 201 ? [posts[at].id] : [])).sort(),
  )
  const [bob, ann, eve] = [await m.wallet(m.bob), await m.wallet(m.ann), await m.wallet(m.eve)]
  expect([bob.balance, ann.earned + eve.earned, await m.audit()]).toEqual([9, 100, []])
})

test('the author is notified who bought a post and what it earned', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  for (let i = 0; i < 2; i++) await m.buy(m.bob, post)
  const { items, unread } = (await m.api(m.ann, 'GET /notifications')).body
  expect([unread, items]).toMatchObject([
    1,
    [
      {
        kind: 'purchase',
        coins: 30,
        count: 1,
        read: false,
        actors: [{ handle: 'bob' }],
        post: { id: post.id },
        url: `/posts/${post.id}`,
      },
    ],
  ])
  expect((await m.api(m.bob, 'GET /notifications')).body.items).toEqual([])
})

test('the library is paginated by time of purchase and contains only my own purchases', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const posts: Json[] = []
  for (let i = 0; i < 5; i++) posts.push(await m.post(m.ann, { price: 1, caption: `number ${i}` }))
  const order = [3, 0, 4, 1, 2].map((at) => posts[at]!)
  for (const [at, post] of order.entries()) {
    if (at % 2) m.pass(1000)
    await m.buy(m.bob, post)
  }
  const ids = (list: { items: { id: number }[] }) => list.items.map(({ id }) => id)
  const newest = order.map(({ id }) => id).reverse()
  const seen: number[] = []
  let next = '/library?limit=2'
  while (next) {
    const { body, headers } = await m.api(m.bob, `GET ${next}`)
    seen.push(...ids(body))
    if (seen.length === 2) await m.buy(m.bob, await m.post(m.ann, { price: 1 }))
    next = /<\/api(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
  }
  expect(seen).toEqual(newest)
  expect([
    ids((await m.api(m.eve, 'GET /library')).body),
    (await m.api(m.eve, `GET /library/${posts[0]!.id}`)).status,
  ]).toEqual([[], 404])
  expect((await m.api(m.ann, `GET /library/${posts[0]!.id}`)).status).toBe(404)
  expect((await m.api(null, 'GET /library')).status).toBe(401)
})

test('a browser buys with a form, and HTMX gets the unlocked post', async () => {
  using m = await market()
  await m.grant(m.bob, 100)
  const [one, two] = [await m.post(m.ann, { price: 30 }), await m.post(m.ann, { price: 30 })]
  const form = await m.request(`/library/${one.id}?_method=PUT`, {
    method: 'POST',
    browser: m.bob,
    form: { price: '30' },
  })
  expect([form.status, form.headers.get('location')]).toEqual([303, `/posts/${one.id}`])
  const part = await m.request(`/library/${two.id}`, {
    method: 'PUT',
    browser: m.bob,
    form: { price: '30' },
    headers: { 'hx-request': 'true' },
  })
  expect([part.status, (await part.text()).includes('/full/full.webp')]).toEqual([201, true])
  const cross = { 'sec-fetch-site': 'cross-site' }
  const stolen = await m.request(`/library/${two.id}`, {
    method: 'PUT',
    browser: m.eve,
    form: { price: '30' },
    headers: cross,
  })
  expect(stolen.status).toBe(403)
})

test('with coins turned off there is no wallet, no library, no grants and no prices', async () => {
  using m = await market({ PINHOLE_COINS: 'off' })
  const post = await m.post(m.ann)
  const calls = ['GET /coins', 'GET /coins/entries', 'GET /library', `GET /library/${post.id}`, 'GET /admin/vouchers']
  for (const call of calls) expect([call, (await m.api(m.boss, call)).status]).toEqual([call, 404])
  const changes: [string, object][] = [
    [`PUT /library/${post.id}`, { price: 0 }],
    ['POST /coins/redemptions', { code: await m.voucher() }],
    ['POST /admin/vouchers', { coins: 5 }],
    ['POST /admin/users/ann/grants', { coins: 5 }],
  ]
  for (const [call, body] of changes) expect([call, (await m.api(m.boss, call, body)).status]).toEqual([call, 404])
  for (const path of ['/coins', '/library', '/admin/vouchers'])
    expect((await m.request(path, { browser: m.boss })).status).toBe(404)
  expect((await m.api(m.ann, `PATCH /posts/${post.id}`, { price: 5 })).status).toBe(422)
  expect((await m.api(m.ann, 'POST /posts', { price: 5, fileIds: [await m.photo(m.ann)] })).status).toBe(422)
  const pages = [
    '/',
    `/posts/${post.id}`,
    `/users/ann`,
    '/posts/new',
    `/posts/${post.id}/edit`,
    '/users/account',
    '/admin',
    '/admin/users',
  ]
  for (const path of pages) {
    const html = await (await m.request(path, { browser: path.startsWith('/admin') ? m.boss : m.ann })).text()
    expect([path, /href="\/(coins|library|admin\/vouchers)|name="price"/.exec(html)?.[0]]).toEqual([path, undefined])
  }
})
