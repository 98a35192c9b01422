import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { market } from '../../test/market'

test('nobody can spend coins that their buyer can still take back', async () => {
  using m = await market()
  await m.api(m.boss, 'PATCH /admin/settings', { undo: 'on' })
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  const tipOf = (coins: number) => m.api(m.ann, 'POST /coins/tips', { handle: 'eve', coins })
  const balances = () => Promise.all([m.bob, m.ann, m.eve].map(async (who) => (await m.wallet(who)).balance))
  const held = (balance: number, price: number) => problem(402, 'insufficient_coins', { balance, price })

  await m.buy(m.bob, post)
  expect(await tipOf(1)).toEqual(held(0, 1))
  await m.grant(m.ann, 10)
  expect(await tipOf(11)).toEqual(held(10, 11))
  expect((await tipOf(4)).status).toBe(201)
  expect((await m.api(m.bob, `DELETE /library/${post.id}`)).status).toBe(204)
  expect(await balances()).toEqual([100, 6, 4])

  const look = (await m.api(m.bob, 'POST /looks', { postId: post.id, price: 30 })).body
  const hers = await m.post(m.eve, { price: 7 })
  expect(await m.buy(m.ann, hers)).toEqual(held(6, 7))
  expect(await m.api(m.ann, `POST /posts/${hers.id}/gifts`, { handle: 'bob', price: 7 })).toEqual(held(6, 7))
  expect(await m.api(m.ann, 'POST /looks', { postId: hers.id, price: 7 })).toEqual(held(6, 7))
  expect((await tipOf(6)).status).toBe(201)
  await m.api(m.bob, `DELETE /looks/${look.id}`)
  expect(await balances()).toEqual([100, 0, 10])

  const opened = (await m.api(m.bob, 'POST /looks', { postId: post.id, price: 30 })).body
  await m.api(null, `POST /looks/${opened.url.split('/').at(-1)}`)
  expect((await tipOf(30)).status).toBe(201)
  expect([await balances(), await m.audit()]).toEqual([[70, 0, 40], []])
})
