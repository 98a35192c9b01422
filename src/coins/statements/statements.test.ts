import { expect, test } from 'bun:test'
import { problem } from '../../../test/harness'
import { market } from '../../../test/market'
import { startSession } from '../../sessions/model'

const DAY_MS = 24 * 3600_000

/**
 * Creates entries for Bob: a grant of 100 and a purchase for 30 in January, and a tip of 5 and one for him of 7 in
 * February.
 */
async function withMonths() {
  const m = await market()
  await m.api(m.boss, 'POST /admin/users/bob/grants', { coins: 100, note: '=cmd|x' })
  await m.grant(m.eve, 10)
  await m.buy(m.bob, await m.post(m.ann, { price: 30 }))
  m.pass(40 * DAY_MS)
  for (const somebody of [m.bob, m.eve]) {
    const session = await m.app.write((tx) => startSession(tx, somebody.id, 'later', m.app.now()))
    somebody.token = await m.app.sessionTokens.sign(session)
  }
  await m.api(m.bob, 'POST /coins/tips', { handle: 'ann', coins: 5 })
  await m.api(m.eve, 'POST /coins/tips', { handle: 'bob', coins: 7 })
  return m
}
const january = { month: '2026-01', opening: 0, in: { grant: 100 }, out: { purchase: 30 }, closing: 70 }
const february = { month: '2026-02', opening: 70, in: { tip: 7 }, out: { tip: 5 }, closing: 72 }

test('each month shows the opening balance, the sums by kind and the closing balance', async () => {
  using m = await withMonths()
  expect((await m.api(m.bob, 'GET /coins/statements')).body).toEqual({ items: [february, january], nextCursor: null })
  const first = (await m.api(m.bob, 'GET /coins/statements?limit=1')).body
  const second = (await m.api(m.bob, `GET /coins/statements?limit=1&cursor=${first.nextCursor}`)).body
  expect([first.items, second.items, second.nextCursor]).toEqual([[february], [january], null])
  expect((await m.api(m.bob, 'GET /coins/statements/2026-01')).body).toEqual(january)
  for (const month of ['2026-03', '2026-13', 'x', '2026-1'])
    expect(await m.api(m.bob, `GET /coins/statements/${month}`)).toEqual(problem(404, 'not_found'))
  expect((await m.api(null, 'GET /coins/statements')).status).toBe(401)
  for (const path of ['/coins/statements', '/coins/statements/2026-02']) {
    const page = await (await m.request(path, { browser: m.bob })).text()
    expect([path, page.includes('February 2026')]).toEqual([path, true])
  }
})

test('the CSV contains my whole statement or one month, and no entries of others', async () => {
  using m = await withMonths()
  const csv = async (path: string, as = m.bob) => (await (await m.request(path, { as })).text()).trim().split('\r\n')
  const all = await csv('/api/coins/statements/all.csv')
  expect(all.map((line) => line.replace(/^\d+,/, '').replace(/T[\d:.]+Z/, ''))).toEqual([
    'id,at,kind,coins,balance,post,note',
    "2026-01-01,grant,100,100,,'=cmd|x",
    '2026-01-01,purchase,-30,70,1,',
    '2026-02-10,tip,-5,65,,',
    '2026-02-10,tip,7,72,,',
  ])
  expect((await csv('/coins/statements/2026-02/entries.csv')).length).toBe(3)
  expect((await csv('/coins/statements/all.csv', m.eve)).length).toBe(3)
  expect((await m.request('/coins/statements/2026-03/entries.csv', { as: m.bob })).status).toBe(404)
})

test('notes in the CSV cannot be formulas, not even with full-width characters', async () => {
  using m = await market()
  await m.grant(m.bob, 10)
  const notes = ['=1+1', '+1', '-1', '@x', '＝1+1', '＋1', '－1', '＠x']
  for (const note of notes) await m.api(m.bob, 'POST /coins/tips', { handle: 'eve', coins: 1, note })
  const table = await (await m.request('/api/coins/statements/all.csv', { as: m.eve })).text()
  const told = table.trim().split('\r\n').slice(1)
  expect(told.map((line) => line.split(',').at(-1))).toEqual(notes.map((note) => `'${note}`))
})
