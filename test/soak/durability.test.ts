import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, type Serving, servePinhole } from '../process'
import { type Buyer, buyerAt, openShop, signIn, stock } from './shop'
import { writeSyncCounter } from './sync-counter'

/**
 * Whether syncs can be counted. The counter is a library for Linux on x86-64 only, but its findings hold wherever the
 * same code runs.
 */
const countable = process.platform === 'linux' && process.arch === 'x64'
if (!countable) console.log('Syncs are counted on Linux x64 only.')

let folder: string
let server: Serving
let buyer: Buyer
beforeAll(async () => {
  if (!countable) return
  folder = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const [library, log, data] = [join(folder, 'counter.so'), join(folder, 'log'), join(folder, 'data')]
  writeSyncCounter(library, log)
  await openShop(data, ['buyer'])
  expect((await pinhole(['coins', 'grant', 'buyer', '1000', '--data', data])).status).toBe(0)
  stock(data, 100, 3)
  server = await servePinhole(data, { env: { LD_PRELOAD: library, PINHOLE_RATE_LIMITS: 'off' } })
  buyer = buyerAt(server.address, await signIn(server.address, 'buyer'))
})
afterAll(async () => {
  if (!countable) return
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** The number of times that the server has flushed its writes to disk so far. */
const synced = () => statSync(join(folder, 'log')).size

/** Counts the syncs that happen during some work, after waiting until the server is idle. */
async function syncsOf<T>(work: () => Promise<T>): Promise<{ syncs: number; result: T }> {
  for (let before = -1; before !== synced(); await Bun.sleep(200)) before = synced()
  const before = synced()
  const result = await work()
  return { syncs: synced() - before, result }
}

test.skipIf(!countable)('a purchase is on disk before its response is sent', async () => {
  for (let id = 1; id <= 5; id++) {
    const { syncs, result } = await syncsOf(() => buyer.buy(id, 3))
    expect([result.status, syncs > 0]).toEqual([201, true])
  }
})

test.skipIf(!countable)('requests that change nothing do not sync', async () => {
  for (const look of [() => buyer.look('/library'), () => buyer.look('/coins'), () => buyer.look('/posts/50')]) {
    const { syncs, result } = await syncsOf(look)
    expect([result.status, syncs]).toEqual([200, 0])
  }
})

test.skipIf(!countable)('64 simultaneous purchases share their syncs', async () => {
  const ids = Array.from({ length: 64 }, (_, i) => i + 10)
  const { syncs, result } = await syncsOf(() => Promise.all(ids.map((id) => buyer.buy(id, 3))))
  expect(new Set(result.map(({ status }) => status))).toEqual(new Set([201]))
  expect(syncs).toBeGreaterThan(0)
  expect(syncs).toBeLessThan(32)
  console.log(`64 simultaneous purchases took ${syncs} syncs.`)
})
