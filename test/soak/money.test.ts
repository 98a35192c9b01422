import { expect, test } from 'bun:test'
import { soakMoney } from './money'

test('killed while people buy, three times: nothing they were told of is lost, nothing is paid twice', async () => {
  const { told, transfers, kills } = await soakMoney({ kills: 3, buyers: 3 })
  expect(kills).toBe(3)
  expect(told).toBeGreaterThan(20)
  expect(transfers).toBeGreaterThanOrEqual(told)
}, 60_000)
