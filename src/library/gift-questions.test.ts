import { expect, test } from 'bun:test'
import { problem, type Somebody } from '../../test/harness'
import { market } from '../../test/market'

/** A post that Eve owns, and one whose author blocks Carl. Bob may own neither. */
async function secrets(env: Record<string, string> = {}) {
  const m = await market(env)
  const carl = await m.user('carl')
  const post = await m.post(m.ann, { price: 30 })
  await m.grant(m.eve, 30)
  await m.buy(m.eve, post)
  await m.api(m.ann, 'PUT /blocks/carl')
  const shy = await m.user('shy')
  await m.api(shy, 'PUT /blocks/bob')
  const ask = (handle: string, price: number, as: Somebody = m.bob) =>
    m.api(as, `POST /posts/${post.id}/gifts`, { handle, price })
  return { ...m, carl, sold: post, ask }
}

const everyone = ['eve', 'carl', 'shy', 'ann', 'boss', 'nobody']

test('a gift at the wrong price, or without the coins, tells nothing about its recipient', async () => {
  using s = await secrets({ PINHOLE_RATE_LIMITS: 'off' })
  for (const handle of everyone) {
    expect([handle, await s.ask(handle, 1)]).toEqual([handle, problem(409, 'price_changed', { price: 30 })])
    expect([handle, await s.ask(handle, 30)]).toEqual([
      handle,
      problem(402, 'insufficient_coins', { balance: 0, price: 30 }),
    ])
  }
  await s.grant(s.bob, 30)
  expect(await s.ask('eve', 30)).toEqual(problem(409, 'already_bought'))
  expect(await s.ask('carl', 30)).toEqual(problem(404, 'not_found'))
  expect((await s.ask('boss', 30)).status).toBe(201)
})

test('refused gifts count towards the limit of failed redemptions, and gifts that are made do not', async () => {
  using s = await secrets()
  await s.api(s.boss, 'PATCH /admin/settings', { limits: { redemptions: 2 } })
  await s.grant(s.bob, 90)
  expect((await s.ask('boss', 30)).status).toBe(201)
  const other = await s.post(s.ann, { price: 10 })
  expect((await s.api(s.bob, `POST /posts/${other.id}/gifts`, { handle: 'boss', price: 10 })).status).toBe(201)
  expect([(await s.ask('eve', 30)).status, (await s.ask('eve', 30)).status, (await s.ask('eve', 30)).status]).toEqual([
    409, 409, 429,
  ])
  expect((await s.redeem(s.bob, 'nothing')).status).toBe(429)
})
