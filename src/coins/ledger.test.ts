import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { type Market, market } from '../../test/market'
import { onPostgres } from '../../test/postgres/databases'
import { accountOf, balanceOf, type Leg, transfer } from './ledger'
import { issue } from './model'
import type { Account } from './table'

const issueTo = (m: Market, user: { id: number }, coins: number) =>
  m.app.write((tx) => issue(tx, user, { coins, cause: crypto.randomUUID() }, m.app.now()))

/** Moves coins between members like a purchase. */
const move = (m: Market, [from, to]: [{ id: number }, { id: number }], coins: number, more: Partial<Leg> = {}) =>
  m.app.write(async (tx) => {
    const legs: Leg[] = [
      { account: await accountOf(tx, 'member', from.id), kind: 'purchase', coins: -coins, ...more },
      { account: await accountOf(tx, 'member', to.id), kind: 'sale', coins, earned: coins },
    ]
    return transfer(tx, { cause: crypto.randomUUID(), kind: 'correction', at: m.app.now(), legs })
  })

const holds = async (m: Market, user: { id: number }) => {
  const { balance, earned } = await balanceOf(m.app.db, 'member', user.id)
  return [balance, earned]
}

test('bought coins are spent before earned ones', async () => {
  using m = await market()
  await issueTo(m, m.bob, 50)
  await issueTo(m, m.ann, 10)
  await move(m, [m.bob, m.ann], 30)
  expect([await holds(m, m.bob), await holds(m, m.ann)]).toEqual([
    [20, 0],
    [40, 30],
  ])
  await move(m, [m.ann, m.eve], 8)
  expect([await holds(m, m.ann), await holds(m, m.eve)]).toEqual([
    [32, 30],
    [8, 8],
  ])
  await move(m, [m.ann, m.eve], 12)
  expect([await holds(m, m.ann), await holds(m, m.eve)]).toEqual([
    [20, 20],
    [20, 20],
  ])
  await issueTo(m, m.ann, 5)
  await move(m, [m.ann, m.eve], 10, { from: 'earned' })
  expect(await holds(m, m.ann)).toEqual([15, 10])
  await move(m, [m.ann, m.eve], 12, { from: 'earned' })
  expect(await holds(m, m.ann)).toEqual([3, 0])
  expect(await m.audit()).toEqual([])
})

test('a transfer with too few coins moves nothing', async () => {
  using m = await market()
  await issueTo(m, m.bob, 10)
  await expect(move(m, [m.bob, m.ann], 11)).rejects.toMatchObject({
    members: { code: 'insufficient_coins', balance: 10, price: 11 },
  })
  await expect(move(m, [m.eve, m.ann], 1)).rejects.toMatchObject({
    members: { code: 'insufficient_coins', balance: 0, price: 1 },
  })
  expect([await holds(m, m.bob), await holds(m, m.ann)]).toEqual([
    [10, 0],
    [0, 0],
  ])
  await move(m, [m.bob, m.ann], 10)
  expect(await holds(m, m.bob)).toEqual([0, 0])
  expect(await m.audit()).toEqual([])
})

test('a transfer must balance and needs existing accounts', async () => {
  using m = await market()
  const attempt = (legs: Leg[]) =>
    m.app.write((tx) => transfer(tx, { cause: 'x', kind: 'correction', at: m.app.now(), legs }))
  await issueTo(m, m.bob, 10)
  const [bob, ann] = await m.app.write(
    async (tx) => [await accountOf(tx, 'member', m.bob.id), await accountOf(tx, 'member', m.ann.id)] as const,
  )
  const leg = (account: Account, coins: number): Leg => ({ account, kind: 'correction', coins })
  await expect(attempt([leg(bob, -5), leg(ann, 6)])).rejects.toThrow('creates or loses coins')
  await expect(attempt([leg(bob, -5), leg({ ...ann, id: 999 }, 5)])).rejects.toThrow(
    'Account 999 is not as it was read',
  )
  await expect(attempt([leg({ ...bob, balance: 11 }, -5), leg(ann, 5)])).rejects.toThrow('is not as it was read')
  await expect(attempt([leg(bob, 0), leg(ann, 0)])).rejects.toThrow()
  await expect(attempt([leg(bob, -0.5), leg(ann, 0.5)])).rejects.toThrow()
  await expect(attempt([leg(bob, Number.NaN), leg(ann, 5)])).rejects.toThrow()
  expect([await holds(m, m.bob), await m.audit()]).toEqual([[10, 0], []])
})

test('a cause moves coins only once', async () => {
  using m = await market()
  const once = () => m.app.write((tx) => issue(tx, m.bob, { coins: 5, cause: 'the same' }, m.app.now()))
  const results = await Promise.allSettled([once(), once(), once()])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  await expect(once()).rejects.toThrow(/unique constraint.*transfers.cause/i)
  expect([await holds(m, m.bob), await m.audit()]).toEqual([[5, 0], []])
})

test('the database refuses invalid rows and changes', async () => {
  using m = await market()
  await m.grant(m.bob, 10)
  await m.redeem(m.bob, await m.voucher())
  using other = m.openDatabase()
  const wrong = [
    `update coin_accounts set balance = -1 where kind = 'member'`,
    `update coin_accounts set balance = 1 where kind = 'issued'`,
    `update coin_accounts set earned = 111 where kind = 'member'`,
    `update coin_accounts set earned = -1 where kind = 'member'`,
    ...(onPostgres ? [] : [`update coin_accounts set balance = 1.5 where kind = 'member'`]), // rounded by PostgreSQL
    `update coin_accounts set balance = 'x' where kind = 'member'`,
    `update coin_accounts set balance = 9007199254740992 where kind = 'member'`,
    `insert into coin_accounts (kind, user_id, balance) values ('debt', 2, 1)`,
    `insert into coin_accounts (kind, user_id) select kind, user_id from coin_accounts`,
    `update entries set coins = 0 where id = 1`,
    'update vouchers set used = 2',
    'insert into redemptions select * from redemptions',
    `update purchases set transfer_id = 1;
     insert into transfers select 99, cause, kind, at, post_id, note, hash from transfers limit 1`,
  ]
  for (const statement of wrong) expect(() => other.run(statement), statement).toThrow('constraint failed')
  expect(await m.audit()).toEqual([])
})

test('prices and grants must be whole numbers within their limits', async () => {
  using m = await market()
  const raw = (path: string, number: string) => {
    const body = path === '/posts' ? `{"fileIds":[1],"price":${number}}` : `{"price":${number},"coins":${number}}`
    const method = path.startsWith('/posts/') ? 'PATCH' : 'POST'
    return m.request(`/api${path}`, {
      method,
      as: path.startsWith('/admin') ? m.boss : m.ann,
      body,
      headers: { 'content-type': 'application/json' },
    })
  }
  const { id } = await m.post(m.ann)
  for (const path of ['/posts', `/posts/${id}`, '/admin/users/bob/grants', '/admin/vouchers'])
    for (const number of ['-1', '0.5', '1e400', '1000001', '9007199254740993', '"30"', 'null', 'true', '[3]', '{}'])
      expect([path, number, (await raw(path, number)).status]).toEqual([path, number, 422])
  for (const number of ['0', '-0']) expect((await raw('/admin/users/bob/grants', number)).status).toBe(422)
  expect((await raw('/admin/users/bob/grants', 'NaN')).status).toBe(400)
  for (const price of ['NaN', 'Infinity', '1e9', '-5', '1.5', '0x', 'three'])
    expect([
      price,
      (await m.request(`/posts/${id}?_method=PATCH`, { method: 'POST', browser: m.ann, form: { price } })).status,
    ]).toEqual([price, 422])
  expect([await m.wallet(m.bob), (await m.api(m.ann, `GET /posts/${id}`)).body.price]).toEqual([
    { balance: 0, earned: 0, reserved: 0 },
    0,
  ])
  expect((await raw('/admin/users/bob/grants', '1000000')).status).toBe(201)
  expect((await raw(`/posts/${id}`, '1000000')).status).toBe(200)
})

test('only administrators can grant coins', async () => {
  using m = await market()
  const mod = await m.user('mod', { role: 'moderator' })
  for (const as of [m.ann, mod])
    for (const call of [
      'POST /admin/users/ann/grants',
      'POST /admin/vouchers',
      'GET /admin/vouchers',
      'DELETE /admin/vouchers/1',
    ])
      expect([call, (await m.api(as, call, call.startsWith('POST') ? { coins: 5 } : undefined)).status]).toEqual([
        call,
        403,
      ])
  expect(await m.api(m.boss, 'POST /admin/users/nobody/grants', { coins: 5 })).toEqual(problem(404, 'not_found'))
})

test('a repeated grant is made once and gets the same answer', async () => {
  using m = await market()
  const send = (coins: number, key = 'k1', handle = 'bob') =>
    m.api(m.boss, `POST /admin/users/${handle}/grants`, { coins }, { 'idempotency-key': key })
  const first = await send(50)
  expect([first.status, first.body]).toEqual([201, { balance: 50, earned: 0, reserved: 0 }])
  await m.buy(m.bob, await m.post(m.ann, { price: 30 }))
  const again = await send(50)
  expect([again.status, again.body]).toEqual([201, first.body])
  expect(await send(51)).toEqual(problem(422, 'key_reused'))
  expect(await send(50, 'k1', 'ann')).toEqual(problem(422, 'key_reused'))
  const all = await Promise.all(Array.from({ length: 8 }, () => send(7, 'k2')))
  expect(all.map(({ status, body }) => [status, body.balance])).toEqual(Array(8).fill([201, 27]))
  m.pass(25 * 3600_000)
  await send(50)
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([77, []])
})

test('a statement contains only my entries, newest first in pages, and adds up to the balance', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 30 })
  await m.api(m.boss, 'POST /admin/users/bob/grants', { coins: 50, note: 'for the cake' })
  m.pass(1000)
  await m.redeem(m.bob, await m.voucher({ coins: 7 }))
  m.pass(1000)
  await m.buy(m.bob, post)
  const { items, nextCursor } = (await m.api(m.bob, 'GET /coins/entries')).body
  expect(nextCursor).toBeNull()
  expect(items).toEqual([
    {
      id: expect.any(Number),
      at: '2026-01-01T00:00:02.000Z',
      coins: -30,
      kind: 'purchase',
      balanceAfter: 27,
      postId: post.id,
      handle: 'ann',
    },
    { id: expect.any(Number), at: '2026-01-01T00:00:01.000Z', coins: 7, kind: 'voucher', balanceAfter: 57 },
    {
      id: expect.any(Number),
      at: '2026-01-01T00:00:00.000Z',
      coins: 50,
      kind: 'grant',
      balanceAfter: 50,
      note: 'for the cake',
    },
  ])
  const first = (await m.api(m.bob, 'GET /coins/entries?limit=2')).body
  const second = (await m.api(m.bob, `GET /coins/entries?limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...second.items]).toEqual(items)
  expect((await m.api(m.ann, 'GET /coins/entries')).body.items).toMatchObject([
    { coins: 30, kind: 'sale', balanceAfter: 30, postId: post.id },
  ])
  expect((await m.api(m.ann, 'GET /coins')).body).toEqual({ balance: 30, earned: 30, reserved: 0 })
  expect((await m.api(m.eve, 'GET /coins/entries')).body).toEqual({ items: [], nextCursor: null })
  for (const path of ['/coins', '/coins/entries']) expect((await m.api(null, `GET ${path}`)).status).toBe(401)
})
