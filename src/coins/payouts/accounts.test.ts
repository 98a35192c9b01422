import { expect, test } from 'bun:test'
import { type Market, market } from '../../../test/market'
import { deleteAccount } from '../../users/account'

const TO = { bank: '신한은행', account: '110-123-456789', holder: '김민수' }

async function withEarnings() {
  const m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
  await m.grant(m.bob, 100)
  await m.buy(m.bob, await m.post(m.ann, { price: 100 }))
  return m
}

const ask = (m: Market, more: object = {}) => m.api(m.ann, 'POST /coins/payouts', { coins: 10, ...TO, ...more })

/** Everything that the database stores, as bytes. */
function stored(m: Market): string {
  using db = m.openDatabase()
  return JSON.stringify(db.query('select * from payouts').all())
}

test('the account of a payout is stored encrypted, shown to administrators only, and deleted after the payment', async () => {
  using m = await withEarnings()
  const made = await ask(m)
  expect([made.status, JSON.stringify(made.body).includes(TO.account)]).toEqual([201, false])
  expect(stored(m)).not.toContain('110-123')
  expect(stored(m)).not.toContain(TO.holder)
  const desk = await m.api(m.boss, 'GET /admin/payouts')
  expect([desk.body.items[0], desk.headers.get('cache-control')]).toMatchObject([TO, 'no-store'])
  const csv = await (await m.request('/admin/payouts/bank.csv', { browser: m.boss })).text()
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'bank,account,holder,coins,id,handle',
    `${TO.bank},${TO.account},${TO.holder},10,1,ann`,
  ])
  const modest = await m.user('modest', { role: 'moderator' })
  for (const who of [m.bob, m.ann, modest])
    for (const path of ['/admin/payouts', '/admin/payouts/bank.csv'])
      expect((await m.request(`/api${path}`, { as: who })).status).toBe(403)
  expect((await m.api(m.boss, 'GET /notifications')).body.items[0]).toMatchObject({
    url: '/admin/payouts?status=asked',
  })
  await m.api(m.boss, 'PATCH /admin/payouts/1', { status: 'paid' })
  using db = m.openDatabase()
  expect(db.query('select account from payouts').all()).toEqual([{ account: null }])
  expect((await m.api(m.boss, 'GET /admin/payouts')).body.items[0]).toMatchObject({ account: null, status: 'paid' })
  expect(await m.audit()).toEqual([])
})

test('an account is complete or left out, and is deleted with a refusal, a withdrawal and the person', async () => {
  using m = await withEarnings()
  for (const wrong of [{ bank: undefined }, { account: '' }, { holder: '\u3164' }])
    expect([wrong, (await ask(m, wrong)).status]).toEqual([wrong, 422])
  expect((await m.api(m.ann, 'POST /coins/payouts', { coins: 10 })).status).toBe(201)
  for (let i = 0; i < 3; i++) await ask(m)
  await m.api(m.boss, 'PATCH /admin/payouts/2', { status: 'refused' })
  await m.api(m.ann, 'DELETE /coins/payouts/3')
  await m.app.write((tx) => deleteAccount(tx, m.ann, m.app.now(), { forfeit: true }))
  await m.runJobs()
  using db = m.openDatabase()
  expect(
    db
      .query<{ account: string }, []>('select account from payouts')
      .all()
      .map(({ account }) => account),
  ).toEqual(Array(4).fill(null))
  expect(await m.audit()).toEqual([])
})

test('an account that was encrypted for another payout or with another key is not shown', async () => {
  using m = await withEarnings()
  await ask(m)
  await ask(m)
  using db = m.openDatabase()
  db.run('update payouts set account = (select account from payouts where id = 1) where id = 2')
  const [second, first] = (await m.api(m.boss, 'GET /admin/payouts')).body.items
  expect([first.account, second.account]).toEqual([TO.account, null])
})
