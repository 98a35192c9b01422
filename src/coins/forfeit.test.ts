import { expect, test } from 'bun:test'
import { type Json, problem } from '../../test/harness'
import { market } from '../../test/market'

const password = 'a long password'

/** Gives Carl 30 earned coins, of which he requests 20 as a payout, and 10 other coins. */
async function withCarl() {
  const m = await market()
  const carl = await m.user('carl', { password })
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
  await m.grant(m.bob, 100)
  await m.grant(carl, 10)
  await m.api(m.bob, 'POST /coins/tips', { handle: 'carl', coins: 30 })
  m.pass(1)
  await m.api(carl, 'POST /coins/payouts', { coins: 20 })
  const accounts = () => {
    using other = m.openDatabase()
    const rows = other.query<Json, []>(
      `select kind, sum(balance) as coins from coin_accounts
       where kind in ('house', 'reserved', 'paid_out') group by kind`,
    )
    return Object.fromEntries(rows.all().map(({ kind, coins }) => [kind, coins]))
  }
  return {
    ...m,
    carl,
    accounts,
    leave: (more: object = {}) => m.api(carl, 'DELETE /users/account', { password, immediately: true, ...more }),
  }
}

test('deleting an account with coins requires giving them up, and the coins go to the community', async () => {
  using m = await withCarl()
  expect(await m.leave({ forfeit: false })).toEqual(problem(409, 'balance_left', { balance: 40 }))
  expect((await m.api(m.carl, 'GET /coins')).body).toEqual({ balance: 20, earned: 10, reserved: 20 })
  await m.api(m.carl, 'POST /coins/topups', { coins: 5, note: 'in cash' })
  expect((await m.leave({ forfeit: true })).status).toBe(204)
  expect((await m.api(m.boss, 'GET /admin/topups')).body.items).toMatchObject([{ status: 'withdrawn' }])
  expect([await m.wallet(m.carl), m.accounts(), await m.audit()]).toEqual([
    { balance: 0, earned: 0, reserved: 0 },
    { house: 40, reserved: 0 },
    [],
  ])
  expect((await m.api(m.boss, 'GET /admin/payouts')).body.items).toMatchObject([{ status: 'withdrawn' }])
  expect((await m.api(m.boss, 'PATCH /admin/payouts/1', { status: 'paid' })).status).toBe(409)
})

test('the page shows the number of coins and asks for confirmation', async () => {
  using m = await withCarl()
  expect(await (await m.request('/users/account/leaving', { browser: m.carl })).text()).toContain('I give up 40 coins.')
  const send = (form: Record<string, string>) =>
    m.request('/users/account?_method=DELETE', { method: 'POST', browser: m.carl, form })
  const refused = await send({ password })
  expect([refused.status, (await refused.text()).includes('I give up 40 coins.')]).toEqual([409, true])
  expect([(await send({ password, forfeit: 'on' })).status, await m.audit()]).toEqual([303, []])
})

test('coins refunded to a deleted account go to the community', async () => {
  using m = await withCarl()
  const post = await m.post(m.ann, { price: 15 })
  await m.api(m.carl, `POST /posts/${post.id}/gifts`, { handle: 'eve', price: 15 })
  await m.leave({ forfeit: true })
  expect((await m.api(m.ann, `POST /library/${post.id}/refunds`, { handle: 'eve' })).status).toBe(201)
  expect([await m.wallet(m.carl), (await m.wallet(m.ann)).balance, m.accounts(), await m.audit()]).toEqual([
    { balance: 0, earned: 0, reserved: 0 },
    0,
    { house: 40, reserved: 0 },
    [],
  ])
})
