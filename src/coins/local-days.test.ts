import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { market } from '../../test/market'
import { startSession } from '../sessions/model'

/** Half past midnight on the first of February in Seoul, which is still January in UTC. */
const NIGHT = new Date('2026-01-31T15:30:00Z')

const DAY_MS = 24 * 3600_000

async function atNight() {
  const m = await market()
  m.pass(+NIGHT - +m.app.now())
  for (const somebody of [m.boss, m.ann, m.bob]) {
    const session = await m.app.write((tx) => startSession(tx, somebody.id, 'later', m.app.now()))
    somebody.token = await m.app.sessionTokens.sign(session)
  }
  await m.grant(m.bob, 100)
  await m.buy(m.bob, await m.post(m.ann, { price: 30 }))
  const months = async (as = m.bob) =>
    (await m.api(as, 'GET /coins/statements')).body.items.map(({ month }: { month: string }) => month)
  const lastDay = async (as = m.ann) => (await m.api(as, 'GET /coins/earnings')).body.days.at(-1)
  /** The day of the purchase, as the wallet names it two days later, when it is neither today nor yesterday. */
  const heading = async (as: typeof m.bob) => {
    m.pass(DAY_MS * 2)
    const page = await (await m.request('/coins', { browser: as })).text()
    m.pass(-DAY_MS * 2)
    return /<h3 class="day"><time[^>]*>([^<]*)/.exec(page)?.[1]
  }
  return { ...m, months, lastDay, heading }
}

test('days and months are those of the person, else of the community, else of UTC', async () => {
  using m = await atNight()
  expect([await m.months(), await m.heading(m.bob)]).toEqual([['2026-01'], 'Saturday, January 31'])
  expect(await m.lastDay()).toMatchObject({ day: '2026-01-31', earned: 30 })

  expect((await m.api(m.boss, 'PATCH /admin/settings', { timeZone: 'Asia/Seoul' })).status).toBe(200)
  expect([await m.months(), await m.heading(m.bob)]).toEqual([['2026-02'], 'Sunday, February 1'])
  expect(await m.lastDay()).toMatchObject({ day: '2026-02-01', earned: 30 })

  const chosen = await m.api(m.bob, 'PATCH /users/account', { timeZone: 'America/New_York' })
  expect([chosen.status, chosen.body.timeZone]).toEqual([200, 'America/New_York'])
  expect([await m.months(), await m.heading(m.bob)]).toEqual([['2026-01'], 'Saturday, January 31'])
  expect((await m.api(m.bob, 'GET /coins/statements/2026-01')).body).toMatchObject({ closing: 70 })
  expect(await m.api(m.bob, 'GET /coins/statements/2026-02')).toEqual(problem(404, 'not_found'))
  const csv = async (month: string) =>
    (await (await m.request(`/api/coins/statements/${month}/entries.csv`, { as: m.bob })).text()).trim().split('\r\n')
  expect(await csv('2026-01')).toHaveLength(3)
  expect((await m.api(m.ann, 'GET /coins/statements/2026-02')).body).toMatchObject({ closing: 30 })

  for (const timeZone of ['Mars/Base', '+09:00', ''])
    expect([timeZone, await m.api(m.bob, 'PATCH /users/account', { timeZone })]).toEqual([
      timeZone,
      problem(422, 'invalid'),
    ])
  expect((await m.api(m.bob, 'PATCH /users/account', { timeZone: null })).body.timeZone).toBeNull()
  expect(await m.months()).toEqual(['2026-02'])
})

test('the audit stays in UTC', async () => {
  using m = await atNight()
  await m.api(m.boss, 'PATCH /admin/settings', { timeZone: 'Asia/Seoul' })
  const { days } = (await m.api(m.boss, 'GET /admin/audit')).body
  expect(days.map(({ day }: { day: string }) => day)).toEqual(['2026-01-31'])
})
