import { expect, test } from 'bun:test'
import { problem } from '../../../../test/harness'
import { fakeStripe } from '../../../../test/stripe'
import { tossMarket, WON_ID } from '../../../../test/toss-market'

const MINUTE = 60_000

test('a card payment is confirmed on the way back with the agreed amount, and credits the coins once', async () => {
  await using m = await tossMarket()
  const made = await m.begin(m.bob)
  expect(made).toMatchObject({ url: `http://localhost/coins/checkouts/${made.id}/pay`, amount: 5000, currency: 'krw' })
  const query = m.fake.approve(made.order, 5000)
  expect((await m.wallet(m.bob)).balance).toBe(0)
  for (let i = 0; i < 3; i++)
    expect(await m.comeBack(m.bob, made.id, query)).toMatchObject({ status: 200, body: { status: 'paid', url: null } })
  const confirmations = m.fake.asked.filter(({ path }) => path === '/v1/payments/confirm')
  expect(confirmations).toMatchObject([
    { body: { paymentKey: query.get('paymentKey'), orderId: made.order, amount: 5000 }, key: expect.any(String) },
  ])
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('a browser that comes back is sent to the payment, and only its buyer can come back', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  const query = m.fake.approve(order, 5000)
  const path = `/coins/checkouts/${id}/return?${query}`
  expect((await m.request(path, { browser: m.eve })).status).toBe(404)
  expect((await m.request(path)).headers.get('location')).toContain('/sessions/new')
  expect((await m.request(`/coins/checkouts/${id}/pay`, { browser: m.eve })).status).toBe(404)
  expect(m.fake.asked).toEqual([])
  const headers = { 'sec-fetch-site': 'cross-site' }
  const back = await m.request(path, { headers: { cookie: `session=${m.bob.token}`, ...headers } })
  expect([back.status, back.headers.get('location')]).toEqual([303, `/coins/checkouts/${id}`])
  expect(await (await m.request(`/coins/checkouts/${id}`, { browser: m.bob })).text()).toContain('You got 100 coins.')
})

test('an address with another amount, order or payment confirms nothing', async () => {
  await using m = await tossMarket()
  const [one, other] = [await m.begin(m.bob), await m.begin(m.bob)]
  const query = m.fake.approve(one.order, 5000)
  const bent = (name: string, value: string) => {
    const copy = new URLSearchParams(query)
    copy.set(name, value)
    return copy
  }
  for (const amount of ['1', '4999', '5000.0', '-5000', '', '٥٠٠٠'])
    expect(await m.comeBack(m.bob, one.id, bent('amount', amount))).toEqual(problem(409, 'amount_differs'))
  expect(await m.comeBack(m.bob, other.id, query)).toEqual(problem(409, 'other_payment'))
  expect(await m.comeBack(m.bob, one.id, bent('orderId', other.order))).toEqual(problem(409, 'other_payment'))
  expect(m.fake.asked).toEqual([])
  // The buyer approved another amount than the agreed one, and then wrote the agreed one into the address.
  const cheap = m.fake.approve(other.order, 1)
  cheap.set('amount', '5000')
  expect((await m.comeBack(m.bob, other.id, cheap)).body.status).toBe('failed')
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([0, []])
  expect((await m.comeBack(m.bob, one.id, query)).body.status).toBe('paid')
})

test('one payment cannot be brought to two checkouts', async () => {
  await using m = await tossMarket()
  const [one, other] = [await m.begin(m.bob), await m.begin(m.eve)]
  const query = m.fake.approve(one.order, 5000)
  await m.comeBack(m.bob, one.id, query)
  const stolen = new URLSearchParams(query)
  stolen.set('orderId', other.order)
  expect((await m.comeBack(m.eve, other.id, stolen)).body.status).toBe('failed')
  expect([(await m.wallet(m.eve)).balance, await m.audit()]).toEqual([0, []])
})

test('eight ways back at once, with a busy provider among them, confirm one payment', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  const query = m.fake.approve(order, 5000)
  m.fake.trouble('is busy')
  const all = await Promise.all(Array.from({ length: 8 }, () => m.comeBack(m.bob, id, query)))
  expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200))
  expect((await m.look(m.bob, id)).status).toBe('paid')
  const keys = new Set(m.fake.asked.flatMap(({ key }) => key ?? []))
  expect([keys.size, (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([1, 100, []])
})

test('a declined card, a closed window and an approval that expired charge nobody', async () => {
  await using m = await tossMarket()
  const [declined, closed, late] = [await m.begin(m.bob), await m.begin(m.bob), await m.begin(m.bob)]
  m.fake.trouble('declines')
  expect((await m.comeBack(m.bob, declined.id, m.fake.approve(declined.order, 5000))).body.status).toBe('failed')
  const code = new URLSearchParams({ code: 'PAY_PROCESS_CANCELED', message: '사용자에 의해 결제가 취소되었습니다.' })
  expect((await m.comeBack(m.bob, closed.id, code)).body.status).toBe('failed')
  const query = m.fake.approve(late.order, 5000)
  m.pass(11 * MINUTE)
  expect((await m.comeBack(m.bob, late.id, query)).body.status).toBe('failed')
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([0, []])
  // A way back without any news changes nothing.
  const idle = await m.begin(m.bob)
  expect((await m.comeBack(m.bob, idle.id, new URLSearchParams())).body.status).toBe('pending')
})

test('an address that says the payment failed does not undo one that was made', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  const code = new URLSearchParams({ code: 'PAY_PROCESS_ABORTED' })
  expect((await m.comeBack(m.bob, id, code)).body.status).toBe('pending')
  await m.deliver(m.fake.deposit(order))
  expect((await m.comeBack(m.bob, id, code)).body.status).toBe('paid')
})

for (const trouble of ['drops the answer', 'is down'] as const)
  test(`when the provider ${trouble}, the job confirms and learns the result`, async () => {
    await using m = await tossMarket()
    const { id, order } = await m.begin(m.bob)
    const query = m.fake.approve(order, 5000)
    m.fake.trouble(trouble, 'is down')
    expect((await m.comeBack(m.bob, id, query)).body.status).toBe('pending')
    m.pass(4 * MINUTE)
    await m.runJobs()
    expect((await m.look(m.bob, id)).status).toBe('paid')
    const keys = new Set(m.fake.asked.flatMap(({ key }) => key ?? []))
    expect([keys.size, (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([1, 100, []])
  })

test('the job confirms nothing that the buyer did not bring back', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  m.fake.approve(order, 5000)
  m.pass(4 * MINUTE)
  await m.runJobs()
  expect(m.fake.asked.map(({ method }) => method)).toEqual(['GET'])
  expect((await m.look(m.bob, id)).status).toBe('pending')
})

test('a payment that nobody began fails after a day', async () => {
  await using m = await tossMarket()
  const { id } = await m.begin(m.bob)
  for (let hour = 0; hour < 36; hour++) {
    m.pass(60 * MINUTE)
    await m.runJobs()
  }
  expect((await m.look(m.bob, id)).status).toBe('failed')
})

test('a virtual account waits for the deposit, whose message must carry the secret of the payment', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  const { body } = await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  const deposit = { bank: '우리은행', account: 'X6505636518308', holder: '박토스', until: expect.any(String) }
  expect(body).toMatchObject({ status: 'pending', url: null, deposit })
  const page = await (await m.request(`/coins/checkouts/${id}`, { browser: m.bob })).text()
  expect([page.includes('X6505636518308'), page.includes('우리은행')]).toEqual([true, true])
  const paid = m.fake.deposit(order)
  for (const secret of ['', 'ps_wrong', undefined])
    expect(await m.deliver({ ...paid, secret })).toMatchObject({ status: 400, body: { code: 'invalid_signature' } })
  expect((await m.wallet(m.bob)).balance).toBe(0)
  const messages = [paid, m.fake.changed(order), { eventType: 'DEPOSIT_CALLBACK', data: paid }]
  const answers = await Promise.all([...messages, ...messages].map(m.deliver))
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'paid', deposit: null })
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('a message that says a deposit arrived changes nothing while the provider does not confirm it', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  const { secret } = m.fake.byOrder(order)
  expect((await m.deliver({ orderId: order, secret, status: 'DONE' })).status).toBe(200)
  const lie = { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: order, status: 'DONE', paymentKey: 'x' } }
  expect((await m.deliver(lie)).status).toBe(200)
  expect([(await m.look(m.bob, id)).status, (await m.wallet(m.bob)).balance]).toEqual(['pending', 0])
})

test('when the answer to a confirmation is lost, a deposit is proven by the secret that the provider tells', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  m.fake.trouble('drops the answer', 'is down')
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  const paid = m.fake.deposit(order)
  expect((await m.deliver({ ...paid, secret: 'ps_wrong' })).status).toBe(400)
  expect((await m.deliver(paid)).status).toBe(200)
  expect((await m.look(m.bob, id)).status).toBe('paid')
})

test('a deposit that the bank undoes takes the coins back until it arrives again', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  await m.deliver(m.fake.deposit(order))
  await m.buy(m.bob, await m.post(m.ann, { price: 70 }))
  m.pass(MINUTE)
  const undone = m.fake.undoDeposit(order)
  for (let i = 0; i < 2; i++) await m.deliver(undone)
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob)]).toEqual([0, 70])
  m.pass(MINUTE)
  await m.deliver(m.fake.deposit(order))
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([30, 0, []])
})

test('an account whose time has passed, or that was cancelled before the deposit, fails', async () => {
  await using m = await tossMarket()
  const [expired, cancelled] = [await m.begin(m.bob), await m.begin(m.bob)]
  for (const { id, order } of [expired, cancelled])
    await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'VIRTUAL_ACCOUNT'))
  await m.deliver(m.fake.cancel(cancelled.order, 5000))
  m.fake.expire(expired.order)
  m.pass(4 * MINUTE)
  await m.runJobs()
  for (const { id } of [expired, cancelled]) expect((await m.look(m.bob, id)).status).toBe('failed')
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([0, []])
})

test('cancels in parts and in full take coins back in proportion, and spent coins become a debt', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000, 'EASY_PAY'))
  await m.buy(m.bob, await m.post(m.ann, { price: 30 }))
  const first = m.fake.cancel(order, 1000)
  for (let i = 0; i < 2; i++) await m.deliver(first)
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'paid', refunded: 1000, takenBack: 20 })
  expect((await m.wallet(m.bob)).balance).toBe(50)
  const rest = m.fake.cancel(order, 4000)
  await Promise.all([m.deliver(rest), m.deliver(first), m.deliver(rest)])
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'refunded', refunded: 5000, takenBack: 100 })
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([0, 30, []])
})

test('a payment that was cancelled before anybody heard of it credits its coins and takes them back', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  m.fake.trouble('drops the answer', 'is down')
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000))
  await m.deliver(m.fake.cancel(order, 5000))
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'refunded', takenBack: 100 })
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([0, 0, []])
})

test('unknown orders, other events and broken messages are answered without asking the provider', async () => {
  await using m = await tossMarket()
  const unknown = { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: crypto.randomUUID() } }
  expect(await m.deliver(unknown)).toMatchObject({ status: 404, body: { code: 'unknown_payment' } })
  expect((await m.deliver({})).status).toBe(404)
  expect((await m.deliver({ eventType: 'METHOD_UPDATED', data: {} })).status).toBe(200)
  for (const broken of [[], 'text', { orderId: 7 }]) expect((await m.deliver(broken)).status).toBe(400)
  expect((await m.request('/webhooks/stripe', { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await m.request('/webhooks/nobody', { method: 'POST', body: '{}' })).status).toBe(404)
  expect(m.fake.asked).toEqual([])
})

test('with two providers the buyer chooses, and each takes its own currencies', async () => {
  await using stripe = fakeStripe()
  await using m = await tossMarket(stripe.env)
  const offers = (await m.api(m.bob, 'GET /coins/packs')).body.items
  expect(offers.map(({ providers }: { providers: string[] }) => providers)).toEqual([['stripe', 'toss'], ['stripe']])
  expect((await m.checkout(m.bob)).body.provider).toBe('stripe')
  expect((await m.checkout(m.bob, { provider: 'toss' })).body.provider).toBe('toss')
  for (const more of [{ provider: 'kakao' }, { provider: '' }, { pack: '100-490-eur', provider: 'toss' }])
    expect(await m.checkout(m.bob, more)).toEqual(problem(422, 'invalid'))
  const key = { 'idempotency-key': 'k' }
  await m.checkout(m.bob, { provider: 'toss' }, key)
  expect(await m.checkout(m.bob, { provider: 'stripe' }, key)).toEqual(problem(422, 'key_reused'))
  const page = await (await m.request('/coins/packs', { browser: m.bob })).text()
  expect(page.match(/name="provider" value="\w+"/g)).toEqual([
    'name="provider" value="stripe"',
    'name="provider" value="toss"',
  ])
})

test('the policy opens for the script of the provider only on the page that pays', async () => {
  await using m = await tossMarket()
  const { id, order } = await m.begin(m.bob)
  const policyOf = async (path: string) =>
    (await m.request(path, { browser: m.bob })).headers.get('content-security-policy') ?? ''
  const pay = await policyOf(`/coins/checkouts/${id}/pay`)
  expect(pay).toContain("script-src 'self' https://js.tosspayments.com;")
  expect(pay).toContain("default-src 'none'")
  for (const path of ['/coins', '/coins/packs', `/coins/checkouts/${id}`, '/'])
    expect([path, (await policyOf(path)).includes('toss')]).toEqual([path, false])
  const page = await (await m.request(`/coins/checkouts/${id}/pay`, { browser: m.bob })).text()
  expect(page).toContain(`data-success-url="http://localhost/coins/checkouts/${id}/return"`)
  expect(page).toContain(`data-fail-url="http://localhost/coins/checkouts/${id}/return"`)
  await m.comeBack(m.bob, id, m.fake.approve(order, 5000))
  expect((await m.request(`/coins/checkouts/${id}/pay`, { browser: m.bob })).status).toBe(303)
})

test('packs in other currencies are not for sale where only Toss Payments is set', async () => {
  await using m = await tossMarket()
  expect((await m.api(m.bob, 'GET /coins/packs')).body.items).toMatchObject([{ id: WON_ID, providers: ['toss'] }])
  expect(await m.checkout(m.bob, { pack: '100-490-eur' })).toEqual(problem(409, 'checkout_unavailable'))
})
