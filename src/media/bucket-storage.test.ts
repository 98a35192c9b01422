import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { startS3 } from '../../test/s3'
import { until } from '../../test/until'
import { parseS3 } from '../s3-address'
import { StoreAway } from './away'
import { openBucket } from './bucket'
import { bucketArrivals } from './bucket-arrivals'
import { bucketStorage } from './bucket-storage'
import { openCache } from './cache'
import type { StoredBytes } from './storage'

let s3: Awaited<ReturnType<typeof startS3>>
let dir: string
beforeAll(async () => {
  s3 = await startS3()
  dir = mkdtempSync(join(tmpdir(), 'pinhole-bucket-'))
})
afterAll(async () => {
  await s3[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true })
})

let folders = 0
/** A part of the bucket for one test. */
const bucket = (patienceMs?: number) => {
  const address = parseS3(s3.url)!
  return openBucket({ ...address, prefix: `test-${++folders}/` }, patienceMs)
}
const file = (content: string | Uint8Array) => {
  const path = join(dir, crypto.randomUUID())
  writeFileSync(path, content)
  return path
}
const textOf = async (stored: StoredBytes | null) => stored && (await new Response(stored.stream()).text())

test('bytes are stored, read, listed and deleted as in a folder', async () => {
  const storage = bucketStorage(bucket(), null)
  const from = file('12345')
  await storage.put(7, 'original', from)
  expect(existsSync(from)).toBe(false)
  await storage.put(7, 'full/thumb.webp', file('thumb'))
  await storage.put(71, 'original', file(''))
  const stored = await storage.open(7, 'full/thumb.webp')
  expect([await textOf(stored), stored?.bytes, stored?.type]).toEqual(['thumb', 5, 'image/webp'])
  expect(await storage.open(7, 'full/nothing.webp')).toBeNull()
  const list = async () =>
    (await Array.fromAsync(storage.list())).map(({ fileId, name, bytes }) => `${fileId} ${name} ${bytes}`).sort()
  expect(await list()).toEqual(['7 full/thumb.webp 5', '7 original 5', '71 original 0'])
  await storage.delete(7)
  await storage.delete(7)
  expect(await list()).toEqual(['71 original 0'])
  expect(storage.open(7, '../71/original')).rejects.toThrow('is not a valid storage name')
})

test('a path for programs is a copy, which is not fetched twice', async () => {
  const storage = bucketStorage(bucket(), null)
  await storage.put(1, 'original', file('abc'))
  const scratch = join(dir, 'scratch')
  expect(await storage.pathOf(1, 'original', scratch)).toBe(scratch)
  writeFileSync(scratch, 'ABC')
  expect(await Bun.file((await storage.pathOf(1, 'original', scratch))!).text()).toBe('ABC')
  writeFileSync(scratch, 'a part')
  expect(await Bun.file((await storage.pathOf(1, 'original', scratch))!).text()).toBe('abc')
  expect(await storage.pathOf(2, 'original', scratch)).toBeNull()
})

test('the cache keeps copies of renditions within its size, and drops the file that was used longest ago', async () => {
  const cache = openCache(join(dir, 'cache'), 100)
  const storage = bucketStorage(bucket(), cache)
  for (const id of [1, 2, 3, 4, 5, 6]) await storage.put(id, 'full/feed.webp', file(String(id).repeat(20)))
  await storage.put(9, 'full/full.webp', file('x'.repeat(40)))
  const isCopied = (id: number, name = 'full/feed.webp') => existsSync(join(dir, 'cache', String(id), name))
  for (const id of [1, 2, 3, 4, 5, 1]) expect(await textOf(await storage.open(id, 'full/feed.webp'))).toHaveLength(20)
  expect([1, 2, 3, 4, 5].map((id) => isCopied(id))).toEqual([true, true, true, true, true])
  await textOf(await storage.open(6, 'full/feed.webp'))
  expect([1, 2, 3, 4, 5, 6].map((id) => isCopied(id))).toEqual([true, false, true, true, true, true])
  await textOf(await storage.open(9, 'full/full.webp'))
  expect(isCopied(9, 'full/full.webp')).toBe(false) // more than a quarter of the cache

  const again = openCache(join(dir, 'cache'), 100)
  expect(await again.find(6, 'full/feed.webp')).not.toBeNull()
  const fresh = await bucketStorage(bucket(), null).open(6, 'full/feed.webp')
  expect(fresh).toBeNull() // another part of the bucket
  await storage.delete(6)
  expect([isCopied(6), await storage.open(6, 'full/feed.webp')]).toEqual([false, null])
  cache.stop()
  again.stop()
})

test('a copy has the same tag as the object, so that all nodes send the same one', async () => {
  const place = bucket()
  const [plain, copied] = [bucketStorage(place, null), bucketStorage(place, openCache(join(dir, 'tags'), 1000))]
  await plain.put(1, 'full/feed.webp', file('feed'))
  const tags = []
  for (const storage of [plain, copied, copied]) {
    const stored = await storage.open(1, 'full/feed.webp')
    await textOf(stored)
    tags.push(stored?.etag)
  }
  expect(existsSync(join(dir, 'tags/1/full/feed.webp'))).toBe(true)
  expect(tags).toEqual([tags[0], tags[0], tags[0]])
})

test('an unfinished copy of a crashed server is removed, and the next start counts what is complete', async () => {
  const place = join(dir, 'crashed')
  const storage = bucketStorage(bucket(), openCache(place, 1000))
  await storage.put(1, 'full/feed.webp', file('feed'))
  await textOf(await storage.open(1, 'full/feed.webp'))
  await Bun.write(join(place, 'incoming/half'), 'ha')
  await Bun.write(join(place, '2/full/.part-x'), 'ha')
  const cache = openCache(place, 1000)
  await cache.ready
  expect([existsSync(join(place, 'incoming/half')), existsSync(join(place, '2'))]).toEqual([false, false])
  expect(await (await cache.find(1, 'full/feed.webp'))?.text()).toBe('feed')
})

test('the pieces of an upload may overlap and come from two nodes, and become one original', async () => {
  const place = bucket()
  const [one, other] = [bucketArrivals(place), bucketArrivals(place)]
  const put = (node: typeof one, text: string, offset: number) =>
    node.putPieces('1-a', Readable.from([Buffer.from(text)]), offset)
  expect(await put(one, 'abcd', 0)).toBe(4)
  expect(await other.offsetOf('1-a')).toBe(4)
  await put(other, 'efgh', 4)
  await put(one, 'ef', 4) // the first node stores late what it received before it was cut off
  await put(one, 'ghij', 6)
  await put(other, 'z', 50) // nothing leads to it
  expect([await one.offsetOf('1-a'), await textOf(await other.open('1-a'))]).toEqual([10, 'abcdefghij'])
  expect(await one.list('1-')).toEqual(['1-a'])

  const storage = bucketStorage(place, null)
  const scratch = join(dir, 'adopted')
  await other.adopt('1-a', { id: 5, bytes: 10 }, scratch)
  expect([await textOf(await storage.open(5, 'original')), await one.find('1-a')]).toEqual(['abcdefghij', null])
  await put(one, 'ef', 4)
  await one.adopt('1-a', { id: 5, bytes: 10 }, scratch)
  expect([await textOf(await storage.open(5, 'original')), await one.find('1-a')]).toEqual(['abcdefghij', null])
  await put(one, 'half', 0)
  expect(one.adopt('1-a', { id: 6, bytes: 10 }, scratch)).rejects.toThrow('is incomplete')
})

test('what arrived before a connection broke off is kept', async () => {
  const arrivals = bucketArrivals(bucket())
  async function* broken() {
    yield Buffer.from('half of it')
    throw new Error('gone')
  }
  expect(arrivals.putPieces('1-b', Readable.from(broken()), 0)).rejects.toThrow('gone')
  await Bun.sleep(0)
  await until('the part is stored', () => arrivals.offsetOf('1-b'))
  expect(await arrivals.offsetOf('1-b')).toBe(10)
})

test('a missing bucket, a refused key and a store that is away are no missing files', async () => {
  const address = parseS3(s3.url)!
  const places = [
    openBucket({ ...address, bucket: 'another' }),
    openBucket({ ...address, accessKeyId: 'unknown' }),
    openBucket({ ...address, endpoint: 'http://127.0.0.1:1' }),
  ]
  for (const place of places) {
    const storage = bucketStorage(place, null)
    const asked = [
      storage.open(1, 'original'),
      storage.pathOf(1, 'original', ''),
      storage.put(1, 'original', file('x')),
      storage.delete(1),
      Array.fromAsync(storage.list()),
      bucketArrivals(place).find('1-a'),
    ]
    for (const result of await Promise.allSettled(asked)) {
      const reason = (result as PromiseRejectedResult).reason
      expect(reason).toBeInstanceOf(StoreAway)
      expect(JSON.stringify([reason, reason.reason, reason.stack])).not.toMatch(/Signature|Credential/)
    }
  }
})

test('a store that accepts connections but does not answer is away, too', async () => {
  const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const address = { ...parseS3(s3.url)!, endpoint: `http://127.0.0.1:${silent.port}` }
  const storage = bucketStorage(openBucket(address, 50), null)
  const asked = [storage.open(1, 'original'), storage.put(1, 'original', file('x')), storage.delete(1)]
  for (const result of await Promise.allSettled(asked))
    expect((result as PromiseRejectedResult).reason).toBeInstanceOf(StoreAway)
  silent.stop(true)
})

test('a list is read to its end, page by page', async () => {
  const page = (key: string, next?: string) => `<?xml version="1.0"?>
    <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>photos</Name><KeyCount>1</KeyCount>
      <IsTruncated>${Boolean(next)}</IsTruncated>${next ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}
      <Contents><Key>community/media/${key}/original</Key><Size>3</Size>
        <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>
    </ListBucketResult>`
  // The server that the other tests use cannot divide lists.
  using server = Bun.serve({
    port: 0,
    fetch: ({ url }) =>
      new Response(new URL(url).searchParams.has('continuation-token') ? page('2') : page('1', 'a/b+c=')),
  })
  const storage = bucketStorage(openBucket({ ...parseS3(s3.url)!, endpoint: server.url.origin }), null)
  const file = { name: 'original', bytes: 3, changedAt: Date.UTC(2026, 0) }
  expect(await Array.fromAsync(storage.list())).toEqual([
    { fileId: 1, ...file },
    { fileId: 2, ...file },
  ])
})
