import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Market, market } from '../../test/market'
import { damaged } from '../../test/postgres/damage'
import { deleteAccount } from '../users/account'
import { auditLedger } from './audit'

let m: Market
/**
 * The fee is 10 %. Transfers: 1 a grant to Bob, 2 his tip for Ann, 3 his gift for Eve, 4 to 6 Ann's three payout
 * requests, 7 the first payout is paid, 8 the second is refused, 9 a grant to Carl, 10 Carl forfeits it.
 */
beforeAll(async () => {
  m = await market()
  const carl = await m.user('carl')
  const rules = { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1, feePercent: 10 }
  await m.api(m.boss, 'PATCH /admin/settings', rules)
  await m.grant(m.bob, 500)
  await m.api(m.bob, 'POST /coins/tips', { handle: 'ann', coins: 100 })
  const post = await m.post(m.ann, { price: 50 })
  await m.api(m.bob, `POST /posts/${post.id}/gifts`, { handle: 'eve', price: 50 })
  m.pass(1)
  for (const coins of [30, 20, 10]) await m.api(m.ann, 'POST /coins/payouts', { coins })
  await m.api(m.boss, 'PATCH /admin/payouts/1', { status: 'paid' })
  await m.api(m.boss, 'PATCH /admin/payouts/2', { status: 'refused' })
  await m.grant(carl, 7)
  await m.app.write((tx) => deleteAccount(tx, carl, m.app.now(), { forfeit: true }))
})
afterAll(() => m[Symbol.dispose]())

async function after(change: string): Promise<string[]> {
  return (await damaged(m, [change], auditLedger)).faults
}

test('the audit finds no faults in a ledger with tips, gifts, payouts and forfeits', async () => {
  using other = m.openDatabase()
  expect([await m.audit(), other.query('select max(id) as last from transfers').get()]).toEqual([[], { last: 10 }])
})

const CORRUPTIONS: [change: string, named: RegExp][] = [
  ['delete from tips', /^transfer 2 belongs to no tip$/],
  ['update tips set coins = 99', /^tip 1 did not go from its giver/],
  ['update tips set fee = 9', /^tip 1 did not go/],
  ['update tips set to_id = 4', /^tip 1 did not go/],
  ['update tips set from_id = 4', /^tip 1 did not go/],
  ['update purchases set payer_id = null', /^the price of purchase 1 was not paid/],
  ['update purchases set payer_id = 4', /^the price of purchase 1 was not paid/],
  ['update purchases set fee = 4', /^the price of purchase 1 was not paid/],
  ['delete from purchases', /^transfer 3 is a payment without a gift$/],
  ['delete from payouts where id = 1', /^transfer [47] belongs to no payout$/],
  ['update payouts set coins = 11 where id = 3', /^payout 3 differs from the ledger$/],
  ['update payouts set coins = 11 where id = 3', /^account \d+ has 10 coins set aside, but its open payouts are 11$/],
  [`update payouts set status = 'paid' where id = 2`, /^payout 2 differs from the ledger$/],
  [`update payouts set status = 'refused' where id = 1`, /^payout 1 differs from the ledger$/],
  [`update payouts set status = 'asked', decision_id = null where id = 1`, /^payout|transfer 7 belongs to no payout$/],
  [`update payouts set status = 'refused' where id = 3`, /^payout 3 differs from the ledger$/],
  ['update payouts set user_id = 3 where id = 3', /^payout 3 differs from the ledger$/],
  [
    `update users set deleted_at = null where deleted_at is not null`,
    /^transfer 10 forfeits coins of an account that was not deleted$/,
  ],
]

for (const [change, named] of CORRUPTIONS)
  test(`the audit reports the fault: ${change}`, async () => {
    expect((await after(change)).filter((fault) => named.test(fault))).not.toEqual([])
  })
