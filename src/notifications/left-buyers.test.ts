import { expect, test } from 'bun:test'
import { market } from '../../test/market'
import { deleteAccount } from '../users/account'

test('a notification of sales names the coins of those who are left, after a buyer deleted the account', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 30 })
  for (const buyer of [m.bob, m.eve]) {
    await m.grant(buyer, 30)
    await m.buy(buyer, post)
  }
  const told = async () => (await m.api(m.ann, 'GET /notifications')).body.items
  expect(await told()).toMatchObject([{ kind: 'purchase', count: 2, coins: 60 }])
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  expect(await told()).toMatchObject([{ kind: 'purchase', count: 1, coins: 30 }])
})

test('a notification of tips names the coins of those who are left, too', async () => {
  using m = await market()
  const { id: postId } = await m.post(m.ann)
  for (const [giver, coins] of [
    [m.bob, 7],
    [m.eve, 5],
  ] as const) {
    await m.grant(giver, coins)
    await m.api(giver, 'POST /coins/tips', { handle: 'ann', coins, postId })
  }
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  expect((await m.api(m.ann, 'GET /notifications')).body.items).toMatchObject([{ kind: 'tip', count: 1, coins: 7 }])
})
