import { expect, test } from 'bun:test'
import { type As, type Json, problem } from '../../../test/harness'
import { type Market, market } from '../../../test/market'

const DAY_MS = 24 * 3600_000

/** Turns payouts on and gives Ann 200 coins that she earned before the hold period. */
async function withEarnings(settings: object = {}) {
  const m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on', payoutMinCoins: 50, ...settings })
  await m.grant(m.bob, 500)
  const sold = await m.post(m.ann, { price: 200 })
  await m.buy(m.bob, sold)
  m.pass(14 * DAY_MS + 1)
  return { ...m, sold }
}

const ask = (m: Market, coins: unknown, as: As = m.ann, headers?: Record<string, string>) =>
  m.api(as, 'POST /coins/payouts', { coins }, headers)
const decide = (m: Market, id: number, status: string, note?: string, as: As = m.boss) =>
  m.api(as, `PATCH /admin/payouts/${id}`, { status, note })
const mine = async (m: Market) => (await m.api(m.ann, 'GET /coins/payouts')).body

test('payouts are refused until the staff turn them on', async () => {
  using m = await withEarnings({ payouts: null })
  expect(await ask(m, 100)).toEqual(problem(403, 'payouts_off'))
  expect(await mine(m)).toMatchObject({ items: [], payouts: 'off', available: 200 })
  await m.api(m.boss, 'PATCH /admin/settings', { payouts: 'on' })
  expect((await ask(m, 100)).status).toBe(201)
})

test('only earned coins can be paid out, after the hold period and above the minimum', async () => {
  using m = await withEarnings()
  await m.grant(m.ann, 1000)
  const late = await m.post(m.ann, { price: 60 })
  await m.buy(m.bob, late)
  expect(await mine(m)).toMatchObject({ available: 200, onHold: 60, least: 50, holdDays: 14 })
  expect(await ask(m, 201)).toEqual(problem(409, 'not_available', { available: 200, onHold: 60 }))
  expect(await ask(m, 49)).toEqual(problem(422, 'invalid', { least: 50 }))
  for (const coins of [0, -5, 1.5, 1_000_001, '100', null])
    expect([coins, (await ask(m, coins)).status]).toEqual([coins, 422])
  expect(await ask(m, 100, m.bob)).toEqual(problem(409, 'not_available', { available: 0 }))
  // Spending reduces the older earned coins, and a refund of the new sale changes nothing.
  await m.api(m.ann, 'POST /coins/tips', { handle: 'eve', coins: 1030 })
  expect(await mine(m)).toMatchObject({ available: 170, onHold: 60 })
  await m.api(m.ann, `POST /library/${late.id}/refunds`, { handle: 'bob' })
  expect([await mine(m), await m.audit()]).toMatchObject([{ available: 170, onHold: 0 }, []])
  m.pass(15 * DAY_MS)
  expect((await ask(m, 170)).status).toBe(201)
})

test('a link for a guest that was taken back leaves nothing on hold', async () => {
  using m = await withEarnings()
  for (let at = 0; at < 3; at++) {
    const { body } = await m.api(m.bob, 'POST /looks', { postId: m.sold.id, price: 200 })
    expect(await mine(m)).toMatchObject({ available: 200, onHold: 200 })
    await m.api(m.bob, `DELETE /looks/${body.id}`)
  }
  expect([await mine(m), await m.audit()]).toMatchObject([{ available: 200, onHold: 0 }, []])
})

test('what a link for a guest brought is on hold until somebody opens it', async () => {
  using m = await withEarnings()
  const { body } = await m.api(m.bob, 'POST /looks', { postId: m.sold.id, price: 200 })
  m.pass(15 * DAY_MS)
  expect(await mine(m)).toMatchObject({ available: 200, onHold: 200 })
  await m.api(null, `POST /looks/${body.url.split('/').at(-1)}`)
  expect(await mine(m)).toMatchObject({ available: 400, onHold: 0 })
})

test('a request sets coins aside, a payment removes them, and a refusal returns them', async () => {
  using m = await withEarnings()
  const asked = await ask(m, 120)
  expect([asked.status, asked.headers.get('location'), asked.body]).toEqual([
    201,
    '/api/coins/payouts/1',
    { id: 1, coins: 120, status: 'asked', at: expect.any(String), decidedAt: null, note: null },
  ])
  expect(await m.wallet(m.ann)).toEqual({ balance: 80, earned: 80, reserved: 120 })
  expect((await m.buy(m.ann, await m.post(m.eve, { price: 81 }))).status).toBe(402)
  const second = (await ask(m, 60)).body
  expect([
    (await decide(m, 1, 'paid', 'by bank')).body,
    (await decide(m, second.id, 'refused', 'no account named')).body,
  ]).toMatchObject([
    { status: 'paid', note: 'by bank', user: { handle: 'ann' }, decidedBy: 'boss' },
    { status: 'refused', note: 'no account named' },
  ])
  expect(await m.wallet(m.ann)).toEqual({ balance: 80, earned: 80, reserved: 0 })
  expect((await mine(m)).items).toMatchObject([{ status: 'refused' }, { status: 'paid', note: 'by bank' }])
  expect((await m.api(m.ann, 'GET /coins/payouts/1')).body).toMatchObject({ status: 'paid' })
  expect((await m.api(m.bob, 'GET /coins/payouts/1')).status).toBe(404)
  expect((await m.api(m.ann, 'GET /notifications')).body.items.map(({ kind }: Json) => kind).slice(0, 2)).toEqual([
    'payout',
    'payout',
  ])
  using other = m.openDatabase()
  expect(other.query(`select balance from coin_accounts where kind = 'paid_out'`).get()).toEqual({ balance: 120 })
  expect(await m.audit()).toEqual([])
})

test('of two simultaneous decisions the first counts, and repeating a decision changes nothing', async () => {
  using m = await withEarnings()
  const other = await m.user('other', { role: 'admin' })
  await ask(m, 100)
  const [mine, same, theirs] = await Promise.all([
    decide(m, 1, 'paid'),
    decide(m, 1, 'paid'),
    decide(m, 1, 'refused', 'no', other),
  ])
  expect([mine.status, same.status, theirs.status]).toEqual(mine.status === 200 ? [200, 200, 409] : [409, 409, 200])
  const decision = mine.status === 200 ? 'paid' : 'refused'
  expect(mine.status === 200 ? theirs : mine).toEqual(problem(409, 'already_decided', { decision }))
  expect(await m.api(m.ann, 'DELETE /coins/payouts/1')).toEqual(problem(409, 'already_decided', { decision }))
  const left = decision === 'paid' ? 100 : 200
  expect([await m.wallet(m.ann), await m.audit()]).toEqual([{ balance: left, earned: left, reserved: 0 }, []])
  for (const [id, status] of [
    [99, 'paid'],
    [1, 'asked'],
  ] as const)
    expect([404, 422]).toContain((await decide(m, id, status)).status)
})

test('of many simultaneous requests for all coins one succeeds, and a key makes repeated requests one', async () => {
  using m = await withEarnings()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(m, 200)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  expect((await m.api(m.ann, 'DELETE /coins/payouts/1')).status).toBe(204)
  expect((await m.api(m.ann, 'DELETE /coins/payouts/1')).status).toBe(204)
  const same = await Promise.all(Array.from({ length: 4 }, () => ask(m, 200, m.ann, { 'idempotency-key': 'k' })))
  expect(new Set(same.map(({ body }) => body.id)).size).toBe(1)
  expect([await m.wallet(m.ann), await m.audit()]).toEqual([{ balance: 0, earned: 0, reserved: 200 }, []])
})

test('a person with a debt is not paid, and a refused payout repays the debt first', async () => {
  using m = await withEarnings({ refundDays: 100 })
  await ask(m, 150)
  await m.api(m.boss, `POST /library/${m.sold.id}/refunds`, { handle: 'bob' })
  expect(await decide(m, 1, 'paid')).toEqual(problem(409, 'in_debt', { debt: 150 }))
  expect((await decide(m, 1, 'refused')).status).toBe(200)
  expect([await m.wallet(m.ann), await m.audit()]).toEqual([{ balance: 0, earned: 0, reserved: 0 }, []])
})

test('only administrators see and decide payouts, and the CSV contains no formulas', async () => {
  using m = await withEarnings()
  const mod = await m.user('mod', { role: 'moderator' })
  await ask(m, 100)
  await decide(m, 1, 'refused', '=1+1, "no"')
  for (const as of [m.ann, mod])
    for (const call of ['GET /admin/payouts', 'GET /admin/payouts/all.csv', 'PATCH /admin/payouts/1'])
      expect([call, (await m.api(as, call, call.startsWith('P') ? { status: 'paid' } : undefined)).status]).toEqual([
        call,
        403,
      ])
  const answer = await m.request('/admin/payouts/all.csv', { browser: m.boss })
  expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    'text/csv; charset=utf-8',
    'attachment; filename="payouts.csv"',
  ])
  const lines = (await answer.text()).split('\r\n')
  expect(lines[1]).toMatch(/^1,2026-\S+,ann,100,refused,2026-\S+,boss,"'=1\+1, ""no"""$/)
  expect((await m.api(m.boss, 'GET /admin/payouts?status=asked')).body.items).toEqual([])
  const page = await (await m.request('/admin/payouts', { browser: m.boss })).text()
  expect(page).toContain('@ann')
})

test('the pages request, decide and withdraw payouts without JavaScript', async () => {
  using m = await withEarnings()
  expect(await (await m.request('/coins/payouts', { browser: m.ann })).text()).toContain('value="200"')
  const send = (path: string, form: Record<string, string>, browser: As = m.ann) =>
    m.request(path, { method: 'POST', browser, form })
  expect((await send('/coins/payouts', { coins: '70' })).headers.get('location')).toBe('/coins/payouts')
  expect((await send('/coins/payouts', { coins: '7' })).status).toBe(422)
  expect((await send('/coins/payouts/1?_method=DELETE', {})).status).toBe(303)
  await send('/coins/payouts', { coins: '80' })
  expect((await send('/admin/payouts/2?_method=PATCH', { status: 'paid', note: '' }, m.boss)).status).toBe(303)
  expect([await m.wallet(m.ann), await m.audit()]).toEqual([{ balance: 120, earned: 120, reserved: 0 }, []])
})

test('two refunds cannot turn recently bought coins into coins that can be paid out', async () => {
  using m = await withEarnings()
  await m.api(m.ann, 'POST /coins/tips', { handle: 'eve', coins: 200 })
  const [hers, theirs] = [await m.post(m.ann, { price: 100 }), await m.post(m.eve, { price: 100 })]
  await m.buy(m.bob, hers)
  await m.buy(m.ann, theirs) // pays with recently earned coins
  await m.grant(m.ann, 100)
  await m.api(m.ann, `POST /library/${hers.id}/refunds`, { handle: 'bob' }) // pays with the coins of the first refund
  await m.api(m.eve, `POST /library/${theirs.id}/refunds`, { handle: 'ann' })
  expect([await m.wallet(m.ann), await mine(m)]).toMatchObject([{ earned: 100 }, { available: 0, onHold: 100 }])
  expect(await ask(m, 100)).toEqual(problem(409, 'not_available', { available: 0, onHold: 100 }))
  m.pass(15 * DAY_MS)
  expect([(await ask(m, 100)).status, await m.audit()]).toEqual([201, []])
})
