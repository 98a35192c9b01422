import { afterAll, beforeAll, expect, test } from 'bun:test'
import { damaged } from '../../../test/postgres/damage'
import { type StripeMarket, stripeMarket } from '../../../test/stripe-market'
import { auditLedger } from '../audit'

let m: StripeMarket
/**
 * Transfers: 1 Bob buys 100 coins, 2 half of them are taken back, 3 Eve gets a top-up of 20, 4 the other half is taken
 * back.
 */
beforeAll(async () => {
  m = await stripeMarket()
  const { url } = await m.begin(m.bob)
  await m.deliver(m.fake.pay(url))
  await m.deliver(m.fake.refund(url, 245))
  const { id } = (await m.api(m.eve, 'POST /coins/topups', { coins: 20, note: 'cash' })).body
  await m.api(m.boss, `PATCH /admin/topups/${id}`, { status: 'approved' })
  await m.deliver(m.fake.refund(url, 245))
  await m.begin(m.ann) // stays unpaid
})
afterAll(() => m[Symbol.asyncDispose]())

const CORRUPTIONS: [what: string, change: string, named: RegExp][] = [
  [
    'coins of a checkout',
    'update checkouts set coins = 101 where id = 1',
    /^checkout 1 did not credit its coins to its buyer$/,
  ],
  ['the buyer', `update checkouts set user_id = 1 where id = 1`, /^checkout 1 did not credit its coins to its buyer$/],
  [
    'a payment nobody made',
    'update checkouts set transfer_id = 3, paid_at = 1 where id = 2',
    /^checkout 2 did not credit its coins to its buyer$/,
  ],
  [
    'a payment without its day',
    'update checkouts set paid_at = null where id = 1',
    /^checkout 1 credited coins without a payment$/,
  ],
  ['a checkout unpaid', 'update checkouts set transfer_id = null where id = 1', /^transfer 1 belongs to no payment$/],
  [
    'what was taken',
    'update checkouts set taken = 99 where id = 1',
    /^checkout 1 has not taken back the coins for its refunds$/,
  ],
  [
    'what was refunded',
    'update checkouts set claimed = 489 where id = 1',
    /^checkout 1 has a refunded amount that differs from its claims$/,
  ],
  [
    'a claim',
    'update payment_claims set amount = 10',
    /^checkout 1 has a refunded amount that differs from its claims$/,
  ],
  [
    'coins of a reversal',
    'update checkout_reversals set coins = 49 where id = 1',
    /^reversal 1 did not take its coins back/,
  ],
  ['a reversal deleted', 'delete from checkout_reversals where id = 1', /^transfer 2 belongs to no payment$/],
  ['coins of a top-up', 'update topups set coins = 21', /^top-up 1 did not credit the approved coins$/],
  ['a top-up of somebody else', 'update topups set user_id = 1', /^top-up 1 did not credit the approved coins$/],
  [
    'a top-up undecided',
    `update topups set status = 'pending', transfer_id = null`,
    /^transfer 3 belongs to no approved top-up$/,
  ],
]

test('the audit finds no faults in a ledger with payments, refunds and top-ups', async () => {
  expect([await m.audit(), (await m.wallet(m.bob)).balance, (await m.wallet(m.eve)).balance]).toEqual([[], 0, 20])
})

for (const [what, change, named] of CORRUPTIONS)
  test(`the audit reports the fault: ${what}`, async () => {
    const { faults } = await damaged(m, [change], auditLedger)
    expect([change, faults]).toEqual([change, expect.arrayContaining([expect.stringMatching(named)])])
  })
