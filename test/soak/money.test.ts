import { expect, test } from 'bun:test'
import { soakMoney } from './money'

test('no coin is lost or counted twice if the server is killed while coins move in every possible way', async () => {
  const { kills, done, replayed, transfers } = await soakMoney({ kills: 3, buyers: 2 })
  expect([kills, transfers > 20, replayed > 5]).toEqual([3, true, true])
  expect(done).toBeGreaterThan(50)
})
