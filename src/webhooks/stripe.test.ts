import { expect, test } from 'bun:test'
import type { Json } from '../../test/harness'
import { endOf, STORIES, type StoryEvents, shuffled } from '../../test/payment-stories'
import { PACK, type StripeMarket, stripeMarket } from '../../test/stripe-market'

const send = async (
  m: StripeMarket,
  body: string,
  signature: string | undefined,
  more: Record<string, string> = {},
  path = '/webhooks/stripe',
) => {
  const headers = { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }), ...more }
  const answer = await m.request(path, { method: 'POST', body, headers })
  return { status: answer.status, code: (await answer.json()).code, type: answer.headers.get('content-type') }
}

test('events with a missing, wrong, foreign or outdated signature change nothing', async () => {
  await using m = await stripeMarket()
  const { id, url } = await m.begin(m.bob)
  const body = JSON.stringify(m.fake.pay(url))
  const seconds = Math.floor(+m.app.now() / 1000)
  const signatures = [
    undefined,
    't=1,v1=00',
    'nonsense',
    await m.fake.sign(body, { secret: 'whsec_another' }),
    await m.fake.sign(`${body} `),
    await m.fake.sign(body, { timestamp: seconds - 301 }),
  ]
  for (const signature of signatures)
    expect([signature, await send(m, body, signature)]).toEqual([
      signature,
      { status: 400, code: 'invalid_signature', type: 'application/problem+json' },
    ])
  expect((await send(m, 'no JSON', await m.fake.sign('no JSON'))).status).toBe(400)
  expect([(await m.look(m.bob, id)).status, (await m.wallet(m.bob)).balance]).toEqual(['pending', 0])
  expect((await send(m, body, await m.fake.sign(body, { timestamp: seconds - 299 }))).status).toBe(200)
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('a webhook needs no account, may come from another site, and has a size limit', async () => {
  await using m = await stripeMarket({ PINHOLE_ACCESS: 'members' })
  const body = JSON.stringify(m.fake.pay((await m.begin(m.bob)).url))
  const from = { origin: 'https://stripe.com', 'sec-fetch-site': 'cross-site' }
  expect((await send(m, body, await m.fake.sign(body), from)).status).toBe(200)
  expect((await send(m, body, await m.fake.sign(body), {}, '/api/webhooks/stripe')).status).toBe(200)
  const large = JSON.stringify({ filling: 'x'.repeat(300_000) })
  for (const type of ['application/json', 'multipart/form-data; boundary=x'])
    expect((await send(m, large, await m.fake.sign(large), { 'content-type': type })).status).toBe(413)
  expect((await m.request('/webhooks/stripe')).status).not.toBe(200)
})

test('a payment that was under way is still credited after coins are turned off', async () => {
  await using m = await stripeMarket()
  const { url } = await m.begin(m.bob)
  await m.api(m.boss, 'PATCH /admin/settings', { coins: 'off' })
  expect((await m.deliver(m.fake.pay(url))).status).toBe(200)
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('an unknown payment, a wrong amount and a wrong currency are refused with a code and change nothing', async () => {
  await using m = await stripeMarket()
  const { id, url } = await m.begin(m.bob)
  const paid = m.fake.pay(url)
  const bent = (change: Json) => ({ ...paid, data: { object: { ...paid.data.object, ...change } } })
  const unknown = { id: 'cs_unknown', client_reference_id: 'unknown', payment_intent: 'pi_unknown' }
  expect(await m.deliver(bent(unknown))).toMatchObject({ status: 404, body: { code: 'unknown_payment' } })
  for (const change of [
    { amount_total: 1 },
    { amount_total: 491 },
    { amount_total: null },
    { currency: 'usd' },
    { currency: null },
  ])
    expect([change, await m.deliver(bent(change))]).toMatchObject([
      change,
      { status: 409, body: { code: 'amount_differs' } },
    ])
  expect([(await m.look(m.bob, id)).status, (await m.wallet(m.bob)).balance]).toEqual(['pending', 0])

  await m.deliver(paid)
  const refund = m.fake.refund(url, 490)
  const strange = (change: Json) => ({ ...refund, data: { object: { ...refund.data.object, ...change } } })
  expect(await m.deliver(strange({ payment_intent: 'pi_unknown' }))).toMatchObject({
    status: 404,
    body: { code: 'unknown_payment' },
  })
  expect(await m.deliver(strange({ currency: 'usd' }))).toMatchObject({ status: 409 })
  expect(await m.deliver(strange({ amount: 49 }))).toMatchObject({ status: 409 })
  expect(await m.deliver(m.fake.event('customer.created', { id: 'cus_1', object: 'customer' }))).toMatchObject({
    status: 200,
  })
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('refunds take coins back in proportion, rounded down in total, and a full refund takes the rest', async () => {
  await using m = await stripeMarket()
  const { id, url } = await m.begin(m.bob)
  await m.deliver(m.fake.pay(url))
  const left: number[] = []
  for (const amount of [1, 4, 100, 385]) {
    await m.deliver(m.fake.refund(url, amount))
    left.push((await m.wallet(m.bob)).balance)
  }
  // 100 coins cost 490. A refund of 1 takes no coin, of 5 one coin, of 105 twenty-one and of 490 all.
  expect(left).toEqual([100, 99, 79, 0])
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'refunded', refunded: 490, takenBack: 100 })
  const { items } = (await m.api(m.bob, 'GET /coins/entries')).body
  expect(items.map(({ kind, coins }: Json) => [kind, coins])).toEqual([
    ['reversal', -79],
    ['reversal', -20],
    ['reversal', -1],
    ['checkout', 100],
  ])
  expect(await m.audit()).toEqual([])
})

test('coins taken back after they were spent become a debt; a dispute that is won returns them all', async () => {
  await using m = await stripeMarket()
  const { id, url } = await m.begin(m.bob)
  await m.deliver(m.fake.pay(url))
  await m.buy(m.bob, await m.post(m.ann, { price: 70 }))
  const { created, close } = m.fake.dispute(url)
  await m.deliver(created)
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), (await m.wallet(m.ann)).balance]).toEqual([0, 70, 70])
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'refunded', takenBack: 100 })
  const again = await m.begin(m.bob)
  await m.deliver(m.fake.pay(again.url))
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([30, 0, []])
  await m.deliver(close('won'))
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob)]).toEqual([130, 0])
  expect(await m.look(m.bob, id)).toMatchObject({ status: 'paid', refunded: 0, takenBack: 0 })
  await m.deliver(created) // arrives late
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([130, []])
})

test('an inquiry takes no coins, losing a dispute takes no more, and a later refund takes none twice', async () => {
  await using m = await stripeMarket()
  const { url } = await m.begin(m.bob)
  await m.deliver(m.fake.pay(url))
  const question = m.fake.dispute(url, { status: 'warning_needs_response' })
  for (const event of [question.created, question.close('warning_closed')]) await m.deliver(event)
  expect((await m.wallet(m.bob)).balance).toBe(100)
  const { created, close } = m.fake.dispute(url, { amount: 245 })
  await m.deliver(created)
  await m.deliver(close('lost'))
  expect((await m.wallet(m.bob)).balance).toBe(50)
  await m.deliver(m.fake.refund(url, 490))
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([0, 0, []])
})

test('a payment fails when it expires or the bank refuses it later, but counts when it arrives after all', async () => {
  await using m = await stripeMarket()
  const [expired, bounced] = [await m.begin(m.bob), await m.begin(m.bob)]
  await m.deliver(m.fake.expire(expired.url))
  await m.deliver(m.fake.begin(bounced.url))
  expect([(await m.look(m.bob, expired.id)).status, (await m.look(m.bob, bounced.id)).status]).toEqual([
    'failed',
    'pending',
  ])
  await m.deliver(m.fake.bounce(bounced.url))
  expect((await m.look(m.bob, bounced.id)).status).toBe('failed')
  await m.deliver(m.fake.pay(expired.url))
  expect([(await m.look(m.bob, expired.id)).status, (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([
    'paid',
    100,
    [],
  ])
})

for (const round of [1, 2, 3, 4, 5, 6])
  test(`events in random order and number have the same result (round ${round})`, async () => {
    await using m = await stripeMarket()
    const told: StoryEvents[] = []
    for (const story of Object.values(STORIES)) told.push(story(m.fake, (await m.begin(m.bob)).url))
    const all = told.flatMap(({ events }) => events)
    const due = told.reduce((sum, { given, taken }) => sum + given - taken, 0)
    const inSomeOrder = shuffled([...all, ...shuffled(all).slice(0, all.length / 2)])
    const halves = [inSomeOrder.slice(0, 8), inSomeOrder.slice(8)]
    await Promise.all(halves[0]!.map(m.deliver)) // concurrently
    // Coins that are taken back after they were spent become a debt, which later payments may settle.
    const spent = (await m.wallet(m.bob)).balance
    if (spent) await m.buy(m.bob, await m.post(m.ann, { price: spent }))
    for (const event of halves[1]!) await m.deliver(event)
    const net = due - spent
    const right = [Math.max(0, -net), Math.max(0, net)]
    expect([await m.debt(m.bob), (await m.wallet(m.bob)).balance]).toEqual(right)
    const states = await Promise.all(told.map((_, at) => m.look(m.bob, at + 1)))
    expect(states).toMatchObject(told.map(endOf))
    expect(await m.audit()).toEqual([])
    await Promise.all(shuffled(all).map(m.deliver))
    expect([await m.debt(m.bob), (await m.wallet(m.bob)).balance, await m.audit()]).toEqual([...right, []])
  })

test('the server uses its own pack, not the values that a browser sends', async () => {
  await using m = await stripeMarket()
  const bent = { ...PACK, pack: '100-490-eur', coins: 1_000_000, amount: 1 }
  const { body } = await m.api(m.bob, 'POST /coins/checkouts', bent)
  expect(body).toMatchObject({ coins: 100, amount: 490 })
})
