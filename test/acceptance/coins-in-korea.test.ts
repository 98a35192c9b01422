import { expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Json } from '../harness'
import { stock } from '../soak/shop'
import { fakeToss } from '../toss'
import { WON, WON_ID } from '../toss-market'
import { emptyFolder } from './executable'
import { password, scriptOf, setUp } from './script'

/** As many as a member can have waiting. */
const AT_ONCE = 5
const PRICE = 30
const BANK = { bank: '우리은행', account: '1002-123-456789', holder: '사진모임', note: '' }

test('transfers, virtual accounts, purchases and refunds happen exactly once through kills of the server', async () => {
  await using place = await emptyFolder()
  await using fake = fakeToss()
  const begin = () => place.serve({ env: { ...fake.env, PINHOLE_RATE_LIMITS: 'off' } })
  let server = await begin()
  const boss = await setUp(server)
  await boss.ask('PATCH /admin/settings', { packs: [WON], bank: BANK })
  for (const handle of ['seller', 'bob']) {
    const { token } = await boss.ask('POST /invites', {})
    await scriptOf(server.address).ask('POST /users', { handle, password, invite: token })
  }
  const tokens = new Map<string, string>()
  for (const handle of ['boss', 'seller', 'bob'])
    tokens.set(handle, (await scriptOf(server.address).ask('POST /sessions', { handle, password })).token)

  /** Calls the server that runs now as one of the three, with a key that is the same when the call is repeated. */
  async function call(handle: string, line: string, body?: object, key = ''): Promise<{ status: number; body: Json }> {
    const [method = '', path] = line.split(' ')
    const headers = {
      authorization: `Bearer ${tokens.get(handle)}`,
      'content-type': 'application/json',
      ...(key && { 'idempotency-key': key }),
    }
    const answer = await fetch(`${server.address}/api${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') }
  }
  const balance = async (handle: string): Promise<number> => (await call(handle, 'GET /coins')).body.balance
  const audit = async () => JSON.parse((await place.run(['audit', '--ledger', '--json'])).out)

  /** Sends requests at once, kills the server meanwhile, checks the ledger, and sends them again to the next server. */
  async function through<T>(requests: (() => Promise<T>)[]): Promise<T[]> {
    const first = Promise.all(requests.map((send) => send().catch(() => undefined))) // some get no answer
    await Bun.sleep(Math.random() * 30)
    await Promise.all([server.stop('SIGKILL'), first])
    expect(await audit()).toMatchObject({ ok: true })
    server = await begin()
    return Promise.all(requests.map((send) => send()))
  }
  const times = <T>(make: (at: number) => T) => Array.from({ length: AT_ONCE }, (_, at) => make(at))

  const transfers = await through(
    times((at) => () => call('bob', 'POST /coins/topups', { pack: WON_ID, depositor: '홍길동' }, `transfer-${at}`)),
  )
  expect(new Set(transfers.map(({ body }) => body.id)).size).toBe(AT_ONCE)
  expect((await call('boss', 'GET /admin/topups?status=pending')).body.items).toHaveLength(AT_ONCE)
  const credited = await through(
    transfers.map(
      ({ body }) =>
        () =>
          call('boss', `PATCH /admin/topups/${body.id}`, { status: 'approved' }),
    ),
  )
  expect(credited.map(({ status }) => status)).toEqual(times(() => 200))
  expect(await balance('bob')).toBe(AT_ONCE * WON.coins)

  const page = (path: string) =>
    fetch(server.address + path, { redirect: 'manual', headers: { cookie: `session=${tokens.get('bob')}` } })
  const ways = await Promise.all(
    times(async () => {
      const { url } = (await call('bob', 'POST /coins/checkouts', { pack: WON_ID })).body
      const { pathname } = new URL(url)
      const order = /data-order-id="([^"]+)"/.exec(await (await page(pathname)).text())![1]!
      const query = fake.approve(order, WON.amount, 'VIRTUAL_ACCOUNT')
      return { order, back: `${pathname.replace(/pay$/, 'return')}?${query}` }
    }),
  )
  await through(ways.map((way) => () => page(way.back)))
  expect(await balance('bob')).toBe(AT_ONCE * WON.coins) // the accounts wait for the money
  const deposits = ways.map(({ order }) => JSON.stringify(fake.deposit(order)))
  const told = await through(
    deposits.map((body) => () => fetch(`${server.address}/webhooks/toss`, { method: 'POST', body })),
  )
  expect(told.map(({ status }) => status)).toEqual(times(() => 200))
  expect(await balance('bob')).toBe(2 * AT_ONCE * WON.coins)

  const postIds = stock(join(place.folder, 'data'), AT_ONCE, PRICE)
  await through(postIds.map((id) => () => call('bob', `PUT /library/${id}`, { price: PRICE })))
  expect(await balance('seller')).toBe(AT_ONCE * PRICE)
  const asked = await through(
    postIds.map((id) => () => call('bob', `POST /library/${id}/requests`, { reason: '잘못 샀어요.' }, `refund-${id}`)),
  )
  expect(new Set(asked.map(({ body }) => body.id)).size).toBe(AT_ONCE)
  await through(
    asked.map(
      ({ body }) =>
        () =>
          call('seller', `PATCH /coins/refunds/${body.id}`, { status: 'refunded' }),
    ),
  )
  expect([await balance('seller'), await balance('bob')]).toEqual([0, 2 * AT_ONCE * WON.coins])
  expect((await call('bob', 'GET /library')).body.items).toEqual([])
  expect(await audit()).toMatchObject({ ok: true, transfers: 4 * AT_ONCE })
  expect((await server.stop()).status).toBe(0)
})
