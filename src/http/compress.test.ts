import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { testApp } from '../../test/harness'

const unpack: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
}

async function withPost() {
  const t = await testApp()
  const ann = await t.user('ann')
  for (let i = 0; i < 3; i++) await t.post(ann, { caption: `A long walk along the harbour ${i}` })
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    t.request(path, { method, as: ann, headers })
  return { ...t, ann, ask }
}

test('pages and JSON are compressed in the encoding that the client accepts, and say so', async () => {
  using t = await withPost()
  for (const path of ['/posts', '/api/posts', '/api/openapi.json', '/nowhere']) {
    const plain = await t.ask(path)
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.headers.get('vary')).toMatch(/Accept-Encoding$/)
    const text = await plain.text()
    for (const [encoding, read] of Object.entries(unpack)) {
      const answer = await t.ask(path, { 'accept-encoding': encoding })
      expect(answer.status).toBe(plain.status)
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(answer.headers.get('vary')).toBe(plain.headers.get('vary'))
      const packed = await answer.bytes()
      expect(packed.length).toBeLessThan(text.length / 2)
      expect(answer.headers.get('content-length')).toBe(packed.length > 8192 ? null : String(packed.length))
      expect(Buffer.from(read(packed)).length).toBe(Buffer.byteLength(text))
    }
  }
})

test('long answers are streams, whose headers Bun sends at once after a wait as well', async () => {
  using t = await withPost()
  const lengthOf = async (path: string) => (await t.ask(path)).headers.get('content-length')
  expect(await lengthOf('/api/posts')).not.toBeNull()
  expect(await lengthOf('/api/openapi.json')).toBeNull()
})

test('of several encodings zstd is chosen first, and one with q=0 is never chosen', async () => {
  using t = await withPost()
  const encodingFor = async (accepted: string) =>
    (await t.ask('/api/posts', { 'accept-encoding': accepted })).headers.get('content-encoding')
  expect(await encodingFor('gzip, deflate, br, zstd')).toBe('zstd')
  expect(await encodingFor('gzip, deflate, br')).toBe('br')
  expect(await encodingFor('zstd;q=0, gzip')).toBe('gzip')
  expect(await encodingFor('gzip;q=0')).toBeNull()
  expect(await encodingFor('identity')).toBeNull()
  expect(await encodingFor('*')).toBe('zstd')
})

test('short answers, media and event streams are sent as they are', async () => {
  using t = await withPost()
  const accepting = { 'accept-encoding': 'gzip, br, zstd' }
  const short = await t.ask('/api/posts/newer?than=1_1', accepting)
  expect(short.headers.get('content-encoding')).toBeNull()
  expect(short.headers.get('vary')).toBe('Accept-Encoding')
  const events = await t.ask('/api/events', accepting)
  expect(events.headers.get('content-type')).toStartWith('text/event-stream')
  expect(events.headers.get('content-encoding')).toBeNull()
  expect(events.headers.get('vary') ?? '').not.toContain('Accept-Encoding')
  await events.body?.cancel()
  const [{ files }] = (await (await t.ask('/api/posts')).json()).items
  const media = await t.ask(files[0].renditions.feed.url, accepting)
  expect(media.status).toBe(200)
  expect(media.headers.get('content-encoding')).toBeNull()
  expect(media.headers.get('vary') ?? '').not.toContain('Accept-Encoding')
})

test('HEAD names the length that GET has', async () => {
  using t = await withPost()
  const headers = { 'accept-encoding': 'gzip' }
  const got = await t.ask('/api/posts', headers)
  const head = await t.ask('/api/posts', headers, 'HEAD')
  for (const name of ['content-length', 'content-encoding', 'etag', 'vary', 'content-type'])
    expect(head.headers.get(name)).toBe(got.headers.get(name)!)
  expect(await head.text()).toBe('')
})

test('robots.txt and health checks are plain text, for GET and for HEAD', async () => {
  using t = await testApp()
  for (const path of ['/robots.txt', '/healthz'])
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await t.request(path, { method })
      expect([path, method, headers.get('content-type')]).toEqual([path, method, 'text/plain; charset=utf-8'])
    }
})
