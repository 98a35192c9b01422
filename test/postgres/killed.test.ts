import { expect, test } from 'bun:test'
import { soakPostgres } from './killed'

test('a database that is killed and restarted under load loses nothing that was told, and needs no help', async () => {
  const { kills, told, refused, faults } = await soakPostgres({ kills: 3 })
  expect([kills, faults, told > 30, refused > 0]).toEqual([3, [], true, true])
})
