import { expect, test } from 'bun:test'
import { problem } from '../../../test/harness'
import { market } from '../../../test/market'
import { PACK, stripeMarket } from '../../../test/stripe-market'

const MINUTE = 60_000

test('without a payment provider no packs are offered and checkouts are refused', async () => {
  using m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { packs: [PACK] })
  expect((await m.api(m.bob, 'GET /coins/packs')).body).toEqual({ items: [] })
  expect(await m.api(m.bob, 'POST /coins/checkouts', { pack: '100-490-eur' })).toEqual(
    problem(409, 'checkout_unavailable'),
  )
  expect(await m.api(null, 'POST /webhooks/stripe', {})).toEqual(problem(404, 'not_found'))
  expect(await (await m.request('/coins', { browser: m.bob })).text()).not.toContain('/coins/checkouts')
})

test('buying a pack leads to a payment page, and the payment credits the coins once', async () => {
  await using m = await stripeMarket()
  const offers = (await m.api(m.bob, 'GET /coins/packs')).body.items
  expect(offers[0]).toEqual({ id: '100-490-eur', ...PACK, decimals: 2, providers: ['stripe'], transfer: false })
  const made = await m.checkout(m.bob, offers[0].id)
  const { id, url } = made.body
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/coins/checkouts/${id}`])
  expect(made.body).toMatchObject({
    id: expect.any(Number),
    url: expect.stringContaining('https://'),
    ...PACK,
    status: 'pending',
  })

  const [asked] = m.fake.asked
  expect([asked!.method, asked!.path, asked!.headers.get('content-type')]).toEqual([
    'POST',
    '/v1/checkout/sessions',
    'application/x-www-form-urlencoded',
  ])
  expect(asked!.params).toMatchObject({
    'line_items[0][price_data][unit_amount]': '490',
    'line_items[0][price_data][currency]': 'eur',
    client_reference_id: asked!.headers.get('idempotency-key')!.slice(0, 36),
    success_url: `http://localhost/coins/checkouts/${id}`,
  })

  expect([(await m.look(m.bob, id)).status, (await m.wallet(m.bob)).balance]).toEqual(['pending', 0])
  const paid = m.fake.pay(url)
  for (let i = 0; i < 3; i++) expect(await m.deliver(paid)).toEqual({ status: 200, body: { received: true } })
  expect(await m.look(m.bob, id)).toMatchObject({
    status: 'paid',
    url: null,
    paidAt: m.app.now().toISOString(),
    refunded: 0,
    takenBack: 0,
  })
  expect(await m.wallet(m.bob)).toEqual({ balance: 100, earned: 0, reserved: 0 })
  expect((await m.api(m.bob, 'GET /coins/entries')).body.items).toMatchObject([
    { kind: 'checkout', coins: 100, balanceAfter: 100 },
  ])
  expect(await m.audit()).toEqual([])
})

test('only the buyer sees a payment, and unknown packs are refused', async () => {
  await using m = await stripeMarket()
  const { id } = await m.begin(m.bob)
  expect(await m.api(m.eve, `GET /coins/checkouts/${id}`)).toEqual(problem(404, 'not_found'))
  expect(await m.api(m.bob, 'GET /coins/checkouts/99')).toEqual(problem(404, 'not_found'))
  expect(await m.api(null, `GET /coins/checkouts/${id}`)).toEqual(problem(401, 'unauthenticated'))
  for (const pack of ['100-1-eur', '1000000-490-eur', 'x'])
    expect(await m.checkout(m.bob, pack)).toEqual(problem(409, 'pack_changed'))
  for (const pack of ['', 7, null, 'x'.repeat(101)])
    expect(await m.checkout(m.bob, pack as string)).toEqual(problem(422, 'invalid'))
  await m.api(m.boss, 'PATCH /admin/settings', { packs: [] })
  expect(await m.checkout(m.bob)).toEqual(problem(409, 'pack_changed'))
  expect(m.fake.sessions.size).toBe(1)
})

test('a repeated request, even eight times at once, makes one payment', async () => {
  await using m = await stripeMarket()
  const key = { 'idempotency-key': 'k' }
  const all = await Promise.all(Array.from({ length: 8 }, () => m.checkout(m.bob, '100-490-eur', key)))
  for (const { status, body } of [...all, await m.checkout(m.bob, '100-490-eur', key)])
    expect([status, body]).toEqual([201, all[0]!.body])
  expect(await m.checkout(m.bob, '1000-5000-krw', key)).toEqual(problem(422, 'key_reused'))
  expect((await m.checkout(m.eve, '100-490-eur', key)).body.id).not.toBe(all[0]!.body.id)
  expect(m.fake.sessions.size).toBe(2)
})

test('a provider that does not respond charges nobody, and a retry continues the same payment', async () => {
  await using m = await stripeMarket()
  const key = { 'idempotency-key': 'k' }
  m.fake.trouble('is overloaded')
  expect(await m.checkout(m.bob, '100-490-eur', key)).toEqual(problem(503, 'provider_unavailable'))
  m.fake.trouble('drops the answer', 'drops the answer', 'drops the answer') // the library makes three attempts
  expect(await m.checkout(m.bob, '100-490-eur', key)).toEqual(problem(503, 'provider_unavailable'))
  const { status, body } = await m.checkout(m.bob, '100-490-eur', key)
  expect([status, m.fake.sessions.size]).toEqual([201, 1])
  await m.deliver(m.fake.pay(body.url))
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('a retry in another language or at another address of the server continues the same payment', async () => {
  await using m = await stripeMarket()
  const key = { 'idempotency-key': 'k' }
  m.fake.trouble('drops the answer', 'drops the answer', 'drops the answer')
  expect((await m.checkout(m.bob, '100-490-eur', key)).status).toBe(503)
  for (let i = 0; i < 2; i++) {
    const { status, body } = await m.checkout(m.bob, '100-490-eur', {
      ...key,
      'accept-language': 'ko',
      host: 'photos.example.org',
    })
    expect([status, body.id, body.status]).toEqual([201, 1, 'pending'])
    if (i) await m.deliver(m.fake.pay(body.url))
  }
  const [unseen, ...others] = m.fake.sessions.keys()
  expect([others.length, (await m.deliver(m.fake.expire(unseen!))).status]).toEqual([1, 200])
  expect((await m.look(m.bob, 1)).status).toBe('paid')
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('a payment that the provider refuses has failed', async () => {
  await using m = await stripeMarket()
  m.fake.trouble('refuses')
  const key = { 'idempotency-key': 'k' }
  for (let i = 0; i < 2; i++)
    expect(await m.checkout(m.bob, '100-490-eur', key)).toEqual(problem(409, 'provider_refused'))
  const { items } = (await m.api(m.boss, 'GET /admin/checkouts')).body
  expect(items).toMatchObject([{ status: 'failed', handle: 'bob', provider: 'stripe' }])
  expect(m.fake.asked).toHaveLength(1)
})

test('the provider is asked about a payment without a webhook, at growing intervals', async () => {
  await using m = await stripeMarket()
  const [paid, expired, open] = [await m.begin(m.bob), await m.begin(m.eve), await m.begin(m.ann)]
  m.fake.pay(paid.url)
  m.fake.expire(expired.url)
  const reads = () => m.fake.asked.filter(({ method }) => method === 'GET').length
  await m.runJobs()
  expect([reads(), (await m.look(m.bob, paid.id)).status]).toEqual([0, 'pending'])
  m.pass(3 * MINUTE)
  await m.runJobs()
  const states = [await m.look(m.bob, paid.id), await m.look(m.eve, expired.id), await m.look(m.ann, open.id)]
  expect([reads(), states.map(({ status }) => status)]).toEqual([3, ['paid', 'failed', 'pending']])
  const seen: number[] = []
  for (let minute = 0; minute < 60; minute++) {
    m.pass(MINUTE)
    const before = reads()
    await m.runJobs()
    if (reads() > before) seen.push(minute + 1)
  }
  expect(seen).toEqual([6, 18, 42])
  m.fake.expire(open.url)
  m.pass(60 * MINUTE)
  await m.runJobs()
  expect((await m.look(m.ann, open.id)).status).toBe('failed')
  m.pass(24 * 60 * MINUTE)
  const before = reads()
  await m.runJobs()
  expect([reads(), (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([before, 100, []])
})

test('a provider that is down is asked again later, and payments that take days are awaited', async () => {
  await using m = await stripeMarket()
  const [slow, bounced] = [await m.begin(m.bob), await m.begin(m.eve)]
  await m.deliver(m.fake.begin(slow.url))
  m.fake.begin(bounced.url)
  m.fake.trouble('is overloaded', 'is overloaded')
  m.pass(3 * MINUTE)
  await m.runJobs()
  expect([(await m.look(m.bob, slow.id)).status, (await m.look(m.eve, bounced.id)).status]).toEqual([
    'pending',
    'pending',
  ])
  m.fake.bounce(bounced.url)
  m.pass(2 * 24 * 60 * MINUTE)
  await m.runJobs()
  expect([(await m.look(m.bob, slow.id)).status, (await m.look(m.eve, bounced.id)).status]).toEqual([
    'pending',
    'failed',
  ])
  m.fake.arrive(slow.url)
  m.pass(6 * 60 * MINUTE)
  await m.runJobs()
  expect([(await m.look(m.bob, slow.id)).status, (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([
    'paid',
    100,
    [],
  ])
})

test('a checkout without a payment page is given up', async () => {
  await using m = await stripeMarket()
  m.fake.trouble('is overloaded')
  await m.checkout(m.bob)
  m.pass(3 * MINUTE)
  await m.runJobs()
  expect((await m.look(m.bob, 1)).status).toBe('failed')
  expect(await m.audit()).toEqual([])
})

test('a browser without JavaScript reaches the payment page, returns and sees the result', async () => {
  await using m = await stripeMarket()
  const wallet = await (await m.request('/coins', { browser: m.bob })).text()
  expect(wallet).toContain('€4.90')
  expect(wallet).toContain('₩5,000')
  const form = { pack: '100-490-eur', idempotencyKey: 'k' }
  const sent = await m.request('/coins/checkouts', { method: 'POST', browser: m.bob, form })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/coins/checkouts/1?go'])
  const { url } = await m.look(m.bob, 1)
  const going = await m.request('/coins/checkouts/1?go', { browser: m.bob })
  expect([going.headers.get('refresh'), (await going.text()).includes(url)]).toEqual([`0; url=${url}`, true])
  const back = await m.request('/coins/checkouts/1', { browser: m.bob })
  expect([back.headers.get('refresh'), (await back.text()).includes('hx-trigger="every 2s"')]).toEqual([null, true])
  await m.deliver(m.fake.pay(url))
  const part = await (
    await m.request('/coins/checkouts/1', { browser: m.bob, headers: { 'hx-request': 'true' } })
  ).text()
  expect([part.includes('You got 100 coins.'), part.includes('every 2s')]).toEqual([true, false])
  const gone = await m.request('/coins/checkouts', { method: 'POST', browser: m.bob, form: { pack: '1-1-eur' } })
  expect([gone.status, (await gone.text()).includes('no longer for sale')]).toEqual([409, true])
})

test('staff manage packs in the settings and one by one, with prices as people write them', async () => {
  await using m = await stripeMarket()
  const add = (pack: object) => m.api(m.boss, 'POST /admin/packs', pack)
  expect((await add({ coins: 10, price: '1,5', currency: 'EUR' })).body).toMatchObject({
    id: '10-150-eur',
    amount: 150,
  })
  expect((await add({ coins: 10, price: '900', currency: 'JPY' })).body).toMatchObject({
    id: '10-900-jpy',
    decimals: 0,
  })
  expect((await add({ coins: 10, amount: 1230, currency: 'kwd' })).body).toMatchObject({ decimals: 3 })
  expect((await add({ coins: 10, price: '1.50', currency: 'eur' })).status).toBe(201) // exists already
  const wrong = [
    { coins: 10, price: '1.5', currency: 'krw' },
    { coins: 10, price: '1.234', currency: 'eur' },
    { coins: 10, amount: 1234, currency: 'kwd' },
    { coins: 10, price: '-1', currency: 'eur' },
    { coins: 10, price: '1e3', currency: 'eur' },
    { coins: 10, amount: 0, currency: 'eur' },
    { coins: 10, amount: 1.5, currency: 'eur' },
    { coins: 10, amount: 1e9, currency: 'eur' },
    { coins: 0, amount: 100, currency: 'eur' },
    { coins: 1_000_001, amount: 100, currency: 'eur' },
    { coins: 10, amount: 100, currency: 'xyz' },
    { coins: 10, amount: 100, currency: 'euro' },
    { coins: 10, currency: 'eur' },
  ]
  for (const pack of wrong) expect([pack, (await add(pack)).status]).toEqual([pack, 422])
  const ids = async () => (await m.api(m.bob, 'GET /coins/packs')).body.items.map(({ id }: { id: string }) => id)
  expect(await ids()).toEqual(['10-150-eur', '100-490-eur', '10-900-jpy', '1000-5000-krw', '10-1230-kwd'])
  for (let i = 0; i < 2; i++) expect((await m.api(m.boss, 'DELETE /admin/packs/10-900-jpy')).status).toBe(204)
  expect(await ids()).toHaveLength(4)
  expect((await m.api(m.boss, 'PATCH /admin/settings', { packs: [PACK, PACK] })).status).toBe(422)
  expect((await m.api(m.ann, 'POST /admin/packs', PACK)).status).toBe(403)
  const page = await m.request('/admin/packs', {
    method: 'POST',
    browser: m.boss,
    form: { coins: '5', price: 'free', currency: 'EUR' },
  })
  expect([page.status, (await page.text()).includes('This is not a valid price in this currency.')]).toEqual([
    422,
    true,
  ])
})
