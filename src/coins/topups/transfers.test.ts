import { expect, test } from 'bun:test'
import { type Json, problem } from '../../../test/harness'
import { type Market, market } from '../../../test/market'
import { deleteAccount } from '../../users/account'

const BANK = { bank: '우리은행', account: '1002-123-456789', holder: '사진모임', note: '저녁에 확인해요.' }
const PACK = { coins: 100, amount: 5000, currency: 'krw' }
const PACK_ID = '100-5000-krw'

async function withBank() {
  const m = await market()
  expect((await m.api(m.boss, 'PATCH /admin/settings', { bank: BANK, packs: [PACK] })).status).toBe(200)
  return m
}

const ask = (m: Market, more: object = {}, headers?: Record<string, string>) =>
  m.api(m.bob, 'POST /coins/topups', { pack: PACK_ID, depositor: '홍길동', ...more }, headers)

test('a member picks a pack, sees what to transfer where and until when, and both sides are told', async () => {
  using m = await withBank()
  const deputy = await m.user('deputy', { role: 'admin' })
  const modest = await m.user('modest', { role: 'moderator' })
  expect((await m.api(m.bob, 'GET /coins/packs')).body.items).toMatchObject([
    { id: PACK_ID, providers: [], transfer: true },
  ])
  const { status, body } = await ask(m)
  expect([status, body]).toMatchObject([
    201,
    { ...PACK, depositor: '홍길동', note: '', status: 'pending', decimals: 0 },
  ])
  expect(Date.parse(body.dueAt) - Date.parse(body.createdAt)).toBe(7 * 24 * 3600_000)
  expect((await m.api(m.bob, 'GET /coins/topups')).body).toMatchObject({ bank: BANK, items: [{ id: body.id }] })
  const korean = { 'accept-language': 'ko' }
  const page = await (await m.request('/coins/topups', { browser: m.bob, headers: korean })).text()
  for (const part of [BANK.account, BANK.holder, BANK.note, '5,000원 입금', '입금자명: 홍길동'])
    expect([part, page.includes(part)]).toEqual([part, true])
  for (const who of [m.boss, deputy])
    expect((await m.api(who, 'GET /notifications')).body.items).toMatchObject([
      { kind: 'staff', url: '/admin/topups?status=pending' },
    ])
  expect((await m.api(modest, 'GET /notifications')).body.items).toEqual([])

  const desk = await (await m.request('/admin/topups?status=pending', { browser: m.boss, headers: korean })).text()
  expect([desk.includes('입금자명: 홍길동'), desk.includes('5,000원')]).toEqual([true, true])
  expect((await m.api(m.boss, `PATCH /admin/topups/${body.id}`, { status: 'approved' })).status).toBe(200)
  expect((await m.wallet(m.bob)).balance).toBe(100)
  expect((await m.api(m.bob, 'GET /notifications')).body.items).toMatchObject([{ kind: 'staff', coins: 100 }])
  expect((await m.api(m.boss, 'GET /admin/actions')).body.items[0]).toMatchObject({
    kind: 'topup_approved',
    by: 'boss',
    on: 'bob',
  })
  expect(await m.audit()).toEqual([])
})

test('a transfer can be refused with a reason, which is told and recorded', async () => {
  using m = await withBank()
  const { id } = (await ask(m)).body
  await m.api(m.boss, `PATCH /admin/topups/${id}`, { status: 'refused', note: '입금을 찾지 못했어요.' })
  expect((await m.api(m.bob, 'GET /notifications')).body.items).toMatchObject([{ note: '입금을 찾지 못했어요.' }])
  expect((await m.api(m.boss, 'GET /admin/actions')).body.items[0]).toMatchObject({
    kind: 'topup_refused',
    reason: '입금을 찾지 못했어요.',
  })
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([0, []])
})

test('the staff find transfers by a part of the name, and eight decisions at once credit it once', async () => {
  using m = await withBank()
  await ask(m)
  await ask(m, { depositor: '100%_김' })
  const found = async (q: string) =>
    (await m.api(m.boss, `GET /admin/topups?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ depositor }: Json) => depositor,
    )
  expect([await found('길동'), await found('%_'), await found('%'), await found('\\')]).toEqual([
    ['홍길동'],
    ['100%_김'],
    ['100%_김'],
    [],
  ])
  const all = await Promise.all(
    Array.from({ length: 8 }, () => m.api(m.boss, 'PATCH /admin/topups/1', { status: 'approved' })),
  )
  expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200))
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('the server takes the price from its own pack, and refuses what does not fit', async () => {
  using m = await withBank()
  expect((await ask(m, { amount: 1, currency: 'eur' })).body).toMatchObject(PACK)
  expect(await ask(m, { pack: '100-1-krw' })).toEqual(problem(409, 'pack_changed'))
  for (const wrong of [{ coins: 5 }, { pack: undefined }, { depositor: undefined }, { depositor: '\u3164' }])
    expect([wrong, (await ask(m, wrong)).status]).toEqual([wrong, 422])
  expect((await ask(m, { pack: undefined, coins: 20 })).body).toMatchObject({ coins: 20, amount: null })
  await m.api(m.boss, 'PATCH /admin/settings', { bank: null })
  expect(await ask(m)).toEqual(problem(409, 'transfer_unavailable'))
  expect((await m.api(m.bob, 'GET /coins/topups')).body.bank).toBeNull()
})

test('a repeated request is one transfer, and the name is erased with the account', async () => {
  using m = await withBank()
  const key = { 'idempotency-key': 'k' }
  const same = await Promise.all(Array.from({ length: 4 }, () => ask(m, {}, key)))
  expect(new Set(same.map(({ body }) => body.id)).size).toBe(1)
  await m.app.write((tx) => deleteAccount(tx, m.bob, m.app.now()))
  await m.runJobs()
  expect((await m.api(m.boss, 'GET /admin/topups')).body.items).toMatchObject([
    { status: 'withdrawn', depositor: null },
  ])
})

test('forms choose a pack and a name, or coins that were paid in cash', async () => {
  using m = await withBank()
  const send = (form: Record<string, string>) => m.request('/coins/topups', { method: 'POST', browser: m.bob, form })
  const unnamed = await send({ pack: PACK_ID, depositor: '' })
  expect([unnamed.status, (await unnamed.text()).includes('Please enter the name on the transfer.')]).toEqual([
    422,
    true,
  ])
  expect((await send({ pack: PACK_ID, depositor: '홍길동' })).status).toBe(303)
  expect((await send({ coins: '20', note: 'cash' })).status).toBe(303)
  const page = await (await m.request(`/coins/topups?pack=${PACK_ID}`, { browser: m.eve })).text()
  expect(page).toContain(`<option value="${PACK_ID}" selected`)
})
