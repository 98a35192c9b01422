import { expect, test } from 'bun:test'
import { type Json, problem } from '../../../test/harness'
import { type Market, market } from '../../../test/market'
import { deleteAccount } from '../../users/account'

const ask = (m: Market, by = m.bob, more: object = {}, headers?: Record<string, string>) =>
  m.api(by, 'POST /coins/topups', { coins: 20, note: '20 in cash', ...more }, headers)
const decide = (m: Market, id: number, status: string, note?: string) =>
  m.api(m.boss, `PATCH /admin/topups/${id}`, { status, note })

test('an approved request credits its coins once and notifies the person', async () => {
  using m = await market()
  const { status, body } = await ask(m)
  expect([status, body]).toEqual([
    201,
    {
      id: 1,
      coins: 20,
      note: '20 in cash',
      depositor: null,
      amount: null,
      currency: null,
      decimals: null,
      dueAt: null,
      status: 'pending',
      createdAt: m.app.now().toISOString(),
      decidedAt: null,
      answer: null,
    },
  ])
  expect((await m.wallet(m.bob)).balance).toBe(0)
  expect((await m.api(m.boss, 'GET /admin/topups?status=pending')).body.items).toMatchObject([
    { id: 1, handle: 'bob', coins: 20 },
  ])
  for (let i = 0; i < 2; i++)
    expect(await decide(m, 1, 'approved', 'Thank you')).toMatchObject({
      status: 200,
      body: { status: 'approved', answer: 'Thank you' },
    })
  expect(await m.wallet(m.bob)).toEqual({ balance: 20, earned: 0, reserved: 0 })
  expect((await m.api(m.bob, 'GET /coins/entries')).body.items).toMatchObject([
    { kind: 'topup', coins: 20, note: '20 in cash' },
  ])
  const told = (await m.api(m.bob, 'GET /notifications')).body.items
  expect(told).toMatchObject([{ kind: 'staff', coins: 20, note: 'Thank you' }])
  expect((await m.api(m.bob, 'GET /coins/topups')).body.items).toMatchObject([
    { status: 'approved', answer: 'Thank you' },
  ])
  expect((await m.api(m.boss, 'GET /admin/topups?status=pending')).body.items).toEqual([])
  expect(await decide(m, 1, 'refused')).toEqual(problem(409, 'already_decided'))
  expect(await m.api(m.bob, 'DELETE /coins/topups/1')).toEqual(problem(409, 'already_decided'))
  expect(await m.audit()).toEqual([])
})

test('refused and withdrawn requests credit nothing, and the first of two simultaneous decisions counts', async () => {
  using m = await market()
  for (let i = 0; i < 3; i++) await ask(m)
  expect((await decide(m, 1, 'refused', 'I have seen no money')).body.status).toBe('refused')
  for (let i = 0; i < 2; i++) expect((await m.api(m.bob, 'DELETE /coins/topups/2')).status).toBe(204)
  expect(await decide(m, 2, 'approved')).toEqual(problem(409, 'already_decided'))
  const other = await m.user('deputy', { role: 'admin' })
  const words = Array.from({ length: 16 }, (_, at) => ({ status: at % 2 ? 'approved' : 'refused' }))
  const answers = await Promise.all(
    words.map((word, at) => m.api(at % 3 ? m.boss : other, 'PATCH /admin/topups/3', word)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(8).fill(200), ...Array(8).fill(409)])
  const won = answers.find(({ status }) => status === 200)!.body.status
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([won === 'approved' ? 20 : 0, []])
  expect((await m.api(m.bob, 'GET /coins/topups')).body.items.map(({ status }: Json) => status)).toEqual([
    won,
    'withdrawn',
    'refused',
  ])
})

test('a person can have five open requests, and a repeated request is not a new one', async () => {
  using m = await market()
  const key = { 'idempotency-key': 'k' }
  const same = await Promise.all(Array.from({ length: 4 }, () => ask(m, m.bob, {}, key)))
  expect(same.map(({ status, body }) => [status, body.id])).toEqual(Array(4).fill([201, 1]))
  expect(await ask(m, m.bob, { coins: 21 }, key)).toEqual(problem(422, 'key_reused'))
  const many = await Promise.all(Array.from({ length: 8 }, () => ask(m)))
  expect(many.filter(({ status }) => status === 201)).toHaveLength(4)
  expect(await ask(m)).toEqual(problem(409, 'too_many_pending'))
  expect((await ask(m, m.eve)).status).toBe(201)
  await m.api(m.bob, 'DELETE /coins/topups/1')
  expect((await ask(m)).status).toBe(201)
})

test('invalid input, visitors and members are refused', async () => {
  using m = await market()
  for (const wrong of [
    { coins: 0 },
    { coins: -5 },
    { coins: 1.5 },
    { coins: 1_000_001 },
    { coins: 'x' },
    { note: ' ' },
    { note: 'x'.repeat(501) },
  ])
    expect([wrong, (await ask(m, m.bob, wrong)).status]).toEqual([wrong, 422])
  await ask(m)
  // The request is not Eve's: nothing happens, and the answer does not reveal that it exists.
  expect(await m.api(m.eve, 'DELETE /coins/topups/1')).toMatchObject({ status: 204 })
  expect((await m.api(m.bob, 'GET /coins/topups')).body.items).toMatchObject([{ status: 'pending' }])
  expect((await m.api(m.eve, 'GET /coins/topups')).body.items).toEqual([])
  for (const call of ['GET /admin/topups', 'PATCH /admin/topups/1', 'GET /admin/checkouts', 'GET /admin/packs'])
    expect([call, (await m.api(m.bob, call, { status: 'approved' })).status]).toEqual([call, 403])
  expect(await decide(m, 9, 'approved')).toEqual(problem(404, 'not_found'))
  expect(await decide(m, 1, 'pending')).toEqual(problem(422, 'invalid'))
  expect((await m.wallet(m.bob)).balance).toBe(0)
})

test('a top-up repays a debt first', async () => {
  using m = await market()
  await m.grant(m.bob, 30)
  const post = await m.post(m.ann, { price: 30 })
  await m.buy(m.bob, post)
  await m.buy(m.ann, await m.post(m.eve, { price: 25 }))
  await m.api(m.boss, `DELETE /admin/posts/${post.id}`)
  await m.runJobs() // Bob gets his coins back, and Ann has a debt of 25
  await ask(m, m.ann, { coins: 20 })
  await decide(m, 1, 'approved')
  expect((await m.wallet(m.ann)).balance).toBe(0)
  await ask(m, m.ann, { coins: 20 })
  await decide(m, 2, 'approved')
  expect([(await m.wallet(m.ann)).balance, await m.audit()]).toEqual([15, []])
})

test('requests of a deleted account are withdrawn', async () => {
  using m = await market()
  await ask(m)
  await m.app.write((tx) => deleteAccount(tx, m.bob, m.app.now()))
  expect(await decide(m, 1, 'approved')).toEqual(problem(409, 'already_decided'))
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([0, []])
  await ask(m, m.eve)
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  expect((await m.api(m.boss, 'GET /admin/topups')).body.items).toMatchObject([
    { status: 'withdrawn', note: '' },
    { status: 'withdrawn', note: '' },
  ])
  expect(await m.audit()).toEqual([])
})

test('forms request, withdraw and decide top-ups', async () => {
  using m = await market()
  const send = (path: string, form: Record<string, string>, browser = m.bob, headers = {}) =>
    m.request(path, { method: 'POST', browser, form, headers })
  const wrong = await send('/coins/topups', { coins: '0', note: 'cash in hand' })
  expect([wrong.status, (await wrong.text()).includes('cash in hand')]).toEqual([422, true])
  const sent = await send('/coins/topups', { coins: '20', note: 'cash', idempotencyKey: 'k' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/coins/topups'])
  expect(await (await m.request('/coins/topups', { browser: m.bob })).text()).toContain('Withdraw')
  const desk = await (await m.request('/admin/topups?status=pending', { browser: m.boss })).text()
  expect(desk).toContain('Approve')
  const row = await m.request('/admin/topups/1', {
    method: 'PATCH',
    browser: m.boss,
    form: { status: 'approved', note: '' },
    headers: { 'hx-request': 'true' },
  })
  expect([row.status, (await row.text()).includes('Approved')]).toEqual([200, true])
  const late = await send('/admin/topups/1?_method=PATCH', { status: 'refused' }, m.boss)
  expect([late.status, (await late.text()).includes('already been decided')]).toEqual([409, true])
})
