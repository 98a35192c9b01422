import { expect, test } from 'bun:test'
import type { Json, Somebody } from '../../test/harness'
import { type StripeMarket, stripeMarket } from '../../test/stripe-market'
import { newVoucherCode } from './voucher-code'

const TABLES = [
  'coin_accounts',
  'transfers',
  'entries',
  'vouchers',
  'redemptions',
  'purchases',
  'tips',
  'payouts',
  'topups',
  'checkouts',
].concat(['payment_claims', 'checkout_reversals', 'idempotency', 'posts', 'settings'])

function dump(m: StripeMarket): Json {
  using other = m.openDatabase()
  return Object.fromEntries(TABLES.map((name) => [name, other.query(`select * from ${name}`).all()]))
}

/**
 * Gives Bob 100 coins and a bought post of Ann. He could also buy another post of hers for 30 coins, but not his own
 * post, a deleted one or a free one.
 */
async function shop() {
  const m = await stripeMarket()
  await m.grant(m.bob, 110)
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
  const [offer, bought, own, gone, free] = [
    await m.post(m.ann, { price: 30 }),
    await m.post(m.ann, { price: 10 }),
    await m.post(m.bob, { price: 30 }),
    await m.post(m.ann, { price: 30 }),
    await m.post(m.ann, { price: 0 }),
  ]
  await m.buy(m.bob, bought)
  await m.api(m.ann, `DELETE /posts/${gone.id}`)
  return { ...m, offer, bought, own, gone, free }
}
type Shop = Awaited<ReturnType<typeof shop>>

/** Sends the text to the API as a JSON body. */
const asJson = async (m: StripeMarket, as: Somebody, call: string, body: string) => {
  const [method = '', path] = call.split(' ')
  const answer = await m.request(`/api${path}`, { method, as, body, headers: { 'content-type': 'application/json' } })
  return { status: answer.status, code: (await answer.json()).code as string }
}

/** Sends the form of a page like a browser without JavaScript. */
const asForm = async (m: StripeMarket, as: Somebody, call: string, form: Record<string, string>) => {
  const [method, path] = call.split(' ')
  const answer = await m.request(`${path}${method === 'POST' ? '' : `?_method=${method}`}`, {
    method: 'POST',
    browser: as,
    form,
  })
  return { status: answer.status }
}

/** All fields for a number of coins, each with a call whose other fields are valid. */
const fields = (
  m: Shop,
): { as: Somebody; call: string; field: string; others: Record<string, string>; least: number }[] => [
  { as: m.bob, call: 'POST /coins/tips', field: 'coins', others: { handle: 'ann' }, least: 1 },
  { as: m.bob, call: 'POST /coins/topups', field: 'coins', others: { note: 'cash' }, least: 1 },
  { as: m.ann, call: 'POST /coins/payouts', field: 'coins', others: {}, least: 1 },
  { as: m.boss, call: 'POST /admin/users/bob/grants', field: 'coins', others: {}, least: 1 },
  { as: m.boss, call: 'POST /admin/vouchers', field: 'coins', others: {}, least: 1 },
  { as: m.ann, call: `PATCH /posts/${m.offer.id}`, field: 'price', others: {}, least: 0 },
  { as: m.bob, call: `PUT /library/${m.offer.id}`, field: 'price', others: {}, least: -Infinity },
  { as: m.bob, call: `POST /posts/${m.offer.id}/gifts`, field: 'price', others: { handle: 'eve' }, least: -Infinity },
]
/** The expected refusal. Where a price is only compared with the current price, a wrong whole number is out of date. */
const right = (least: number, isWhole: boolean) =>
  least === -Infinity && isWhole ? { status: 409, code: 'price_changed' } : { status: 422, code: 'invalid' }

test('every call refuses invalid numbers of coins in JSON and in forms, and nothing changes', async () => {
  await using m = await shop()
  const before = dump(m)
  const none = [
    '0.5',
    '29.999999',
    '30.5',
    '-0.5',
    '1e308',
    '-1e308',
    '1e400',
    '9007199254740993',
    '-9007199254740993',
    '1e-7',
  ]
  const noJson = ['"30"', '"1e3"', '"0x1e"', '""', '" "', 'true', '[30]', '{"coins":30}', '"NaN"', '"30 coins"']
  const noForm = [
    '1e1',
    '3e1',
    '0x1e',
    '0b11110',
    '0o36',
    'Infinity',
    'NaN',
    '30 coins',
    '3O',
    '30,0',
    '1_0',
    '--30',
    '٣٠',
  ]
  for (const { as, call, field, others, least } of fields(m)) {
    const whole = ['-1', '-30', '1000001', '9007199254740991', ...(least === 1 ? ['0', '-0'] : [])]
    for (const value of [...none, ...noJson, ...whole]) {
      const body = `{${Object.entries(others).map(([name, text]) => `"${name}":"${text}",`)}"${field}":${value}}`
      expect([call, value, await asJson(m, as, call, body)]).toEqual([call, value, right(least, whole.includes(value))])
    }
    for (const value of [...none, ...noForm, ...whole]) {
      const { status } = right(least, whole.includes(value))
      expect([call, value, await asForm(m, as, call, { ...others, [field]: value })]).toEqual([call, value, { status }])
    }
  }
  expect([dump(m), await m.audit()]).toEqual([before, []])
})

test('a form accepts numbers as people write them', async () => {
  await using m = await shop()
  for (const coins of ['5', ' 5 ', '05'])
    expect(await asForm(m, m.bob, 'POST /coins/tips', { handle: 'ann', coins })).toEqual({ status: 303 })
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([85, []])
})

test('invalid purchases, gifts, redemptions and payouts are refused with a code, and nothing changes', async () => {
  await using m = await shop()
  const [used, expired, ended] = [
    await m.voucher(),
    await m.voucher({ expiresAt: new Date(+m.app.now() + 1000) }),
    await m.voucher(),
  ]
  await m.redeem(m.eve, used)
  await m.api(m.boss, `DELETE /admin/vouchers/3`)
  m.pass(2000)
  const dear = await m.post(m.ann, { price: 1_000_000 })
  const code = (text: string) => ['POST /coins/redemptions', { code: text }] as const
  const buy = ({ id }: { id: number }, price: number) => [`PUT /library/${id}`, { price }] as const
  const give = ({ id }: { id: number }, price: number, handle: string) =>
    [`POST /posts/${id}/gifts`, { price, handle }] as const
  const tip = (handle: string, coins: number, more = {}) => ['POST /coins/tips', { handle, coins, ...more }] as const
  const cases: [string, readonly [string, Record<string, unknown>], number, string][] = [
    ['an unknown code', code(newVoucherCode()), 404, 'not_found'],
    ['no code', code('pinhole'), 404, 'not_found'],
    ['a used code', code(used), 409, 'already_redeemed'],
    ['an expired code', code(expired), 410, 'expired'],
    ['a code taken back', code(ended), 410, 'expired'],
    ['an empty code', code(' '), 422, 'invalid'],
    ['a post of my own', buy(m.own, 30), 409, 'own_post'],
    ['a post that is gone', buy(m.gone, 30), 404, 'not_found'],
    ['a post that never was', buy({ id: 999_999 }, 30), 404, 'not_found'],
    ['a free post', buy(m.free, 0), 409, 'not_for_sale'],
    ['a stale price', buy(m.offer, 29), 409, 'price_changed'],
    ['too dear a post', buy(dear, 1_000_000), 402, 'insufficient_coins'],
    ['a gift for myself', give(m.offer, 30, 'bob'), 409, 'self_gift'],
    ['a gift of my own', give(m.own, 30, 'eve'), 409, 'own_post'],
    ['a gift for its author', give(m.offer, 30, 'ann'), 409, 'own_post'],
    ['a gift that is gone', give(m.gone, 30, 'eve'), 404, 'not_found'],
    ['a gift at a stale price', give(m.offer, 31, 'eve'), 409, 'price_changed'],
    ['a gift for nobody', give(m.offer, 30, 'nobody'), 404, 'not_found'],
    ['too dear a gift', give(dear, 1_000_000, 'eve'), 402, 'insufficient_coins'],
    ['a tip for myself', tip('bob', 1), 409, 'self_tip'],
    ['a tip for nobody', tip('nobody', 1), 404, 'not_found'],
    ['a tip for a post of somebody else', tip('ann', 1, { postId: m.own.id }), 404, 'not_found'],
    ['too large a tip', tip('ann', 101), 402, 'insufficient_coins'],
    ['a refund of what I bought', [`POST /library/${m.bought.id}/refunds`, { handle: 'bob' }], 403, 'forbidden'],
    ['a refund of what nobody bought', [`POST /library/${m.own.id}/refunds`, { handle: 'eve' }], 404, 'not_found'],
    ['a payout of what was not earned', ['POST /coins/payouts', { coins: 1 }], 409, 'not_available'],
    ['a payout that is not mine', ['DELETE /coins/payouts/1', {}], 404, 'not_found'],
    ['a pack that is none', ['POST /coins/checkouts', { pack: '1000-490-eur' }], 409, 'pack_changed'],
    ['a grant by a member', ['POST /admin/users/bob/grants', { coins: 1 }], 403, 'forbidden'],
  ]
  const before = dump(m)
  for (const [name, [call, body], status, code] of cases) {
    expect([name, await asJson(m, m.bob, call, JSON.stringify(body))]).toEqual([name, { status, code }])
    const form = Object.fromEntries(Object.entries(body).map(([field, value]) => [field, String(value)]))
    expect([name, await asForm(m, m.bob, call, form)]).toEqual([name, { status }])
  }
  expect((await m.buy(m.bob, m.bought)).status).toBe(200) // bought already
  expect([dump(m), await m.audit()]).toEqual([before, []])
})

test('unsigned events, unknown payments and wrong amounts change nothing', async () => {
  await using m = await shop()
  const { url } = await m.begin(m.bob)
  const paid = m.fake.pay(url)
  const with_ = (change: Json) => JSON.stringify({ ...paid, data: { object: { ...paid.data.object, ...change } } })
  const seconds = Math.floor(+m.app.now() / 1000)
  const body = JSON.stringify(paid)
  const cases: [string, string, string, number, string][] = [
    ['no signature', body, '', 400, 'invalid_signature'],
    ['a wrong one', body, await m.fake.sign(body, { secret: 'whsec_other' }), 400, 'invalid_signature'],
    ['one of something else', with_({ amount_total: 1 }), await m.fake.sign(body), 400, 'invalid_signature'],
    ['an old one', body, await m.fake.sign(body, { timestamp: seconds - 301 }), 400, 'invalid_signature'],
    ...(await Promise.all(
      (
        [
          [{ id: 'cs_x', client_reference_id: 'x', payment_intent: 'pi_x' }, 404, 'unknown_payment'],
          [{ amount_total: 489 }, 409, 'amount_differs'],
          [{ amount_total: 4.9 }, 409, 'amount_differs'],
          [{ amount_total: -490 }, 409, 'amount_differs'],
          [{ amount_total: '490' }, 409, 'amount_differs'],
          [{ amount_total: null }, 409, 'amount_differs'],
          [{ currency: 'usd' }, 409, 'amount_differs'],
        ] as [Json, number, string][]
      ).map(async ([change, status, code]): Promise<[string, string, string, number, string]> => {
        const bent = with_(change)
        return [JSON.stringify(change), bent, await m.fake.sign(bent), status, code]
      }),
    )),
  ]
  const before = dump(m)
  for (const [name, text, signature, status, code] of cases) {
    const headers = { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) }
    const answer = await m.request('/webhooks/stripe', { method: 'POST', body: text, headers })
    expect([name, answer.status, (await answer.json()).code]).toEqual([name, status, code])
  }
  expect([dump(m), await m.audit()]).toEqual([before, []])
})
