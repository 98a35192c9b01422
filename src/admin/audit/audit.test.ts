import { expect, test } from 'bun:test'
import { market } from '../../../test/market'

const DAY_MS = 24 * 3600_000

test('the report lists the totals of each day, and issued coins are the sum of all others', async () => {
  using m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1, feePercent: 10 })
  await m.grant(m.bob, 500)
  m.pass(DAY_MS)
  await m.buy(m.bob, await m.post(m.ann, { price: 100 }))
  m.pass(DAY_MS)
  for (const coins of [30, 20]) await m.api(m.ann, 'POST /coins/payouts', { coins })
  await m.api(m.boss, 'PATCH /admin/payouts/1', { status: 'paid' })
  const both = await Promise.all([1, 2].map(() => m.api(m.boss, 'GET /admin/audit')))
  const [{ body }] = both as [(typeof both)[number]]
  expect(both[1]!.body).toEqual(body) // concurrent requests share one report
  const nothing = { owed: 0, reserved: 0, house: 0, paidOut: 0, takenBack: 0 }
  expect(body).toEqual({
    ok: true,
    faults: [],
    transfers: 5,
    accounts: expect.any(Number),
    checkedAt: '2026-01-03T00:00:00.000Z',
    days: [
      { day: '2026-01-01', issued: 500, ...nothing, held: 500 },
      { day: '2026-01-02', issued: 500, ...nothing, held: 490, house: 10 },
      { day: '2026-01-03', issued: 500, ...nothing, held: 440, house: 10, reserved: 20, paidOut: 30 },
    ],
  })
  const page = await (await m.request('/admin/audit', { browser: m.boss })).text()
  expect([page.includes('Every coin is accounted for.'), page.includes('style=')]).toEqual([true, false])
  for (const call of ['GET /admin/audit']) expect((await m.api(m.ann, call)).status).toBe(403)
})
