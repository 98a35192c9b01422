import { expect, test } from 'bun:test'
import { soakMoney } from './money'

test('killed while coins move in every way there is: nothing that was answered is lost, nothing is done twice', async () => {
  const { kills, done, replayed, transfers } = await soakMoney({ kills: 3, buyers: 2 })
  expect([kills, transfers > 20, replayed > 5]).toEqual([3, true, true])
  expect(done).toBeGreaterThan(50)
}, 60_000)
