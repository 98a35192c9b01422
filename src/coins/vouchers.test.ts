import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '../../test/harness'
import { market } from '../../test/market'
import { onPostgres } from '../../test/postgres/databases'
import { newVoucherCode } from './voucher-code'

const statusOf = ({ status }: { status: number }) => status
const times = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length

test('a voucher credits its coins once', async () => {
  using m = await market()
  const code = await m.voucher({ coins: 40 })
  const { status, headers, body } = await m.redeem(m.bob, ` ${code.toLowerCase().replaceAll('-', ' ')} `)
  expect([status, headers.get('location'), body]).toEqual([201, '/api/coins/entries', { coins: 40, balance: 40 }])
  expect(await m.redeem(m.bob, code)).toEqual(problem(409, 'already_redeemed'))
  expect(await m.redeem(m.eve, code)).toEqual(problem(409, 'already_redeemed'))
  expect([await m.wallet(m.bob), (await m.wallet(m.eve)).balance]).toEqual([{ balance: 40, earned: 0, reserved: 0 }, 0])
  expect(await m.audit()).toEqual([])
})

test('a voucher with several uses credits its coins once to each person', async () => {
  using m = await market()
  const code = await m.voucher({ coins: 5, uses: 2 })
  const all = [
    await m.redeem(m.bob, code),
    await m.redeem(m.bob, code),
    await m.redeem(m.eve, code),
    await m.redeem(m.ann, code),
  ]
  expect(all.map(statusOf)).toEqual([201, 409, 201, 409])
  expect(await m.audit()).toEqual([])
})

test('unknown, mistyped, expired and withdrawn vouchers have the codes of the contract', async () => {
  using m = await market()
  expect(await m.redeem(m.bob, newVoucherCode())).toEqual(problem(404, 'not_found'))
  expect(await m.redeem(m.bob, 'no code at all')).toEqual(problem(404, 'not_found'))
  for (const code of ['', '   ', 'x'.repeat(101), 7, null])
    expect(await m.redeem(m.bob, code as string)).toEqual(problem(422, 'invalid'))
  expect((await m.redeem({ token: '' }, newVoucherCode())).status).toBe(401)
  const short = await m.voucher({ expiresAt: new Date(+m.app.now() + 1000) })
  const used = await m.voucher({ expiresAt: new Date(+m.app.now() + 1000), uses: 2 })
  await m.redeem(m.bob, used)
  m.pass(1000)
  expect(await m.redeem(m.bob, short)).toEqual(problem(410, 'expired'))
  expect(await m.redeem(m.bob, used)).toEqual(problem(409, 'already_redeemed'))
  const kept = await m.voucher()
  const { id } = (await m.api(m.boss, 'GET /admin/vouchers?limit=1')).body.items[0]
  for (let i = 0; i < 2; i++) expect((await m.api(m.boss, `DELETE /admin/vouchers/${id}`)).status).toBe(204)
  expect(await m.redeem(m.bob, kept)).toEqual(problem(410, 'expired'))
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
})

test('staff create vouchers, list them without their codes and withdraw them', async () => {
  using m = await market()
  const made = await m.api(m.boss, 'POST /admin/vouchers', { coins: 30, count: 3, uses: 2, days: 7 })
  expect(made.headers.get('cache-control')).toBe('no-store')
  expect([made.status, made.body]).toEqual([
    201,
    {
      codes: [expect.any(String), expect.any(String), expect.any(String)],
      coins: 30,
      expiresAt: '2026-01-08T00:00:00.000Z',
    },
  ])
  expect(new Set(made.body.codes).size).toBe(3)
  expect((await m.redeem(m.bob, made.body.codes[1])).body).toEqual({ coins: 30, balance: 30 })
  const { items } = (await m.api(m.boss, 'GET /admin/vouchers')).body
  expect(items).toMatchObject([{ used: 0 }, { used: 1, uses: 2, coins: 30, endedAt: null }, { used: 0 }])
  const page = await (await m.request('/admin/vouchers', { browser: m.boss })).text()
  for (const code of made.body.codes)
    expect([JSON.stringify(items).includes(code), page.includes(code)]).toEqual([false, false])
  for (const wrong of [
    {},
    { coins: 5, count: 501 },
    { coins: 5, uses: 0 },
    { coins: 5, days: 0 },
    { coins: 5, count: 0 },
  ])
    expect((await m.api(m.boss, 'POST /admin/vouchers', wrong)).status).toBe(422)
})

test.skipIf(onPostgres)('codes are not stored on the disk, and their hashes are useless without the key', async () => {
  using m = await market()
  const code = await m.voucher()
  await m.redeem(m.bob, code, { 'idempotency-key': 'k' })
  const bare = code.replaceAll('-', '')
  const database = readdirSync(m.dir).filter((name) => name.startsWith('pinhole.sqlite'))
  expect(database.length).toBeGreaterThan(1)
  for (const name of database) {
    const bytes = readFileSync(join(m.dir, name))
    expect([name, bytes.includes(code), bytes.includes(bare)]).toEqual([name, false, false])
  }
  using other = m.openDatabase()
  const { code_hash } = other.query<{ code_hash: string }, []>('select code_hash from vouchers').get()!
  for (const encoding of ['hex', 'base64', 'base64url'] as const)
    for (const text of [code, bare])
      expect(new Bun.CryptoHasher('sha256').update(text).digest(encoding)).not.toBe(code_hash)
})

test('only failed redemptions count towards the limit', async () => {
  using m = await market()
  for (let i = 0; i < 15; i++) expect((await m.redeem(m.bob, await m.voucher())).status).toBe(201)
  for (let i = 0; i < 9; i++) expect((await m.redeem(m.bob, newVoucherCode())).status).toBe(404)
  expect((await m.redeem(m.bob, await m.voucher())).status).toBe(201)
  expect((await m.redeem(m.bob, newVoucherCode())).status).toBe(404)
  const refused = await m.redeem(m.bob, await m.voucher())
  expect(refused).toEqual(problem(429, 'rate_limited'))
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await m.redeem(m.eve, await m.voucher())).status).toBe(201)
})

test('simultaneous guesses count towards the limit', async () => {
  using m = await market()
  const answers = await Promise.all(Array.from({ length: 64 }, () => m.redeem(m.bob, newVoucherCode())))
  expect([times(answers, 404), times(answers, 429)]).toEqual([10, 54])
})

test('a repeated redemption is made once and gets the same answer', async () => {
  using m = await market()
  const [code, other] = [await m.voucher({ coins: 10 }), await m.voucher({ coins: 10 })]
  const key = { 'idempotency-key': 'k' }
  const all = await Promise.all(Array.from({ length: 8 }, () => m.redeem(m.bob, code, key)))
  await m.grant(m.bob, 5)
  for (const { status, body } of [...all, await m.redeem(m.bob, code, key)])
    expect([status, body]).toEqual([201, { coins: 10, balance: 10 }])
  expect(await m.redeem(m.bob, other, key)).toEqual(problem(422, 'key_reused'))
  expect((await m.redeem(m.eve, other, key)).status).toBe(201)
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([15, []])
})

test('when 64 people redeem the last use at the same time, one of them succeeds', async () => {
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  const code = await m.voucher({ coins: 9, uses: 2 })
  await m.redeem(m.bob, code)
  const people = await Promise.all(Array.from({ length: 64 }, (_, i) => m.user(`one${i}`)))
  const answers = await Promise.all(people.map((person) => m.redeem(person, code)))
  expect([times(answers, 201), times(answers, 409)]).toEqual([1, 63])
  const held = await Promise.all(people.map((person) => m.wallet(person)))
  expect(held.reduce((sum, { balance }) => sum + balance, 0)).toBe(9)
  expect(await m.audit()).toEqual([])
})

test('the form redeems a code and explains an invalid one', async () => {
  using m = await market()
  const send = (form: Record<string, string>, headers = {}) =>
    m.request('/coins/redemptions', { method: 'POST', browser: m.bob, form, headers })
  const done = await send({ code: await m.voucher() })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/coins'])
  const wrong = await send({ code: 'NOT-A-CODE' }, { 'hx-request': 'true' })
  const again = await wrong.text()
  expect([wrong.status, again.includes('NOT-A-CODE')]).toEqual([404, true])
  expect(again).toMatch(/aria-describedby="code-error"/) // under its field, where the person goes on
})

test('new vouchers are a printable sheet whose QR codes open the wallet without redeeming', async () => {
  using m = await market({ PINHOLE_URL: 'http://photos.example.org' })
  const sheet = await m.request('/admin/vouchers', {
    method: 'POST',
    browser: m.boss,
    form: { coins: '5', count: '3', uses: '1', days: '' },
  })
  const html = await sheet.text()
  expect([sheet.status, html.match(/<svg class="qr"/g)?.length, / style=/.test(html)]).toEqual([201, 3, false])
  expect(html).toContain('photos.example.org/coins')
  const [, code = ''] = /<code>([\dA-Z-]{19})<\/code>/.exec(html) ?? []
  const wallet = await m.request(`/coins?code=${code}`, { browser: m.bob })
  expect([wallet.status, (await wallet.text()).includes(`value="${code}"`)]).toEqual([200, true])
  const stranger = await m.request(`/coins?code=${code}`)
  expect([stranger.status, stranger.headers.get('location')]).toEqual([
    303,
    `/sessions/new?next=${encodeURIComponent(`/coins?code=${code}`)}`,
  ])
  expect(await (await m.request('/coins?code="><script>', { browser: m.bob })).text()).not.toContain('"><script>')
  expect([(await m.wallet(m.bob)).balance, (await m.redeem(m.bob, code)).status]).toEqual([0, 201])
})
