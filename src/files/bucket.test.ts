import { afterAll, beforeAll, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { join } from 'node:path'
import { bucketApp, jpeg, tus } from '../../test/bucket-app'
import { type As, problem, testApp } from '../../test/harness'
import { startS3 } from '../../test/s3'
import { auditFiles } from './audit'
import { sweepOrphans } from './sweep'

let s3: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3[Symbol.asyncDispose]())
const withBucket = (env: Record<string, string> = {}) => bucketApp(s3.url, env)

/** Tests photos that come from the bucket itself, and those of which this node has a copy. */
for (const [what, cacheMb] of [
  ['the bucket', '0'],
  ['a copy', '100'],
] as const)
  test(`media from ${what} are sent in parts, only to those who may see them, and never by a link to the bucket`, async () => {
    using t = await withBucket({ PINHOLE_S3_CACHE_MB: cacheMb })
    const id = await t.upload()
    await t.runJobs()
    const post = (await t.api(t.ann, 'POST /posts', { caption: '', fileIds: [id], price: 5 })).body
    const shown = (await t.api(t.bob, `GET /posts/${post.id}`)).body.files[0].renditions
    expect(Object.keys(shown)).toEqual(['blurred'])
    const link: string = (await t.api(t.ann, `GET /posts/${post.id}`)).body.files[0].renditions.full.url
    const server = t.listen()
    try {
      const get = async (path: string, headers: Record<string, string> = {}, as: As = t.ann, method = 'GET') => {
        const init = {
          method,
          headers: { authorization: `Bearer ${as.token}`, ...headers },
          redirect: 'manual' as const,
        }
        const answer = await fetch(new URL(path, server.url), init)
        expect(JSON.stringify([...answer.headers])).not.toMatch(/amz|"location"|127\.0\.0\.1/i)
        return { status: answer.status, headers: answer.headers, bytes: await answer.bytes() }
      }
      const { status, headers, bytes } = await get(link)
      const etag = headers.get('etag')!
      expect([status, headers.get('content-type'), String.fromCharCode(...bytes.subarray(0, 4))]).toEqual([
        200,
        'image/webp',
        'RIFF',
      ])
      const part = async (range: string, more = {}) => {
        const found = await get(link, { range, ...more })
        return [found.status, found.headers.get('content-range'), Buffer.from(found.bytes).toString('hex')]
      }
      const hex = (from: number, to?: number) => Buffer.from(bytes.slice(from, to)).toString('hex')
      const all = bytes.length
      expect(await part('bytes=0-3')).toEqual([206, `bytes 0-3/${all}`, hex(0, 4)])
      expect(await part('bytes=20-')).toEqual([206, `bytes 20-${all - 1}/${all}`, hex(20)])
      expect(await part('bytes=-2')).toEqual([206, `bytes ${all - 2}-${all - 1}/${all}`, hex(-2)])
      expect((await part(`bytes=${all}-`))[0]).toBe(416)
      expect((await part('bytes=0-3', { 'if-none-match': etag }))[0]).toBe(304)
      const head = await get(link, {}, t.ann, 'HEAD')
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(all)])
      const original = await get(`/api/files/${id}/original`, { range: 'bytes=0-1' })
      expect([original.status, original.bytes.length]).toEqual([206, 2])

      expect([(await get(link, {}, t.bob)).status, (await get(shown.blurred.url, {}, t.bob)).status]).toEqual([
        403, 200,
      ])
      for (const { url } of Object.values<{ url: string }>(shown))
        expect((await get(url.replace('preview/blurred.webp', 'full/full.webp'), {}, t.bob)).status).toBe(403)
      await t.api(t.ann, `DELETE /posts/${post.id}`)
      expect((await get(link)).status).toBe(410)
      await t.runJobs()
      expect(await t.stored()).toEqual([])
    } finally {
      await server.stop(true)
    }
  })

test('while the store is away, people are told so, jobs wait, and afterwards nothing is lost', async () => {
  using t = await withBucket()
  const first = await t.upload()
  await t.runJobs()
  const { feed, full } = (await t.api(t.ann, `GET /files/${first}`)).body.renditions
  expect((await t.request(feed.url, { as: t.ann })).status).toBe(200)
  const second = await t.upload()
  const gone = await t.upload()
  await t.api(t.ann, `DELETE /files/${gone}`)

  await s3.leave()
  const away = problem(503, 'storage_away')
  const refused = await t.request(full.url, { as: t.ann })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '15'])
  expect((await t.request(feed.url, { as: t.ann })).status).toBe(200) // this node has a copy
  expect(await t.api(t.ann, `GET /files/${second}/original`)).toEqual(away)
  const begun = await t.request('/api/uploads', {
    method: 'POST',
    as: t.ann,
    headers: { ...tus, 'upload-length': '9' },
  })
  expect([begun.status, begun.headers.get('retry-after')]).toEqual([503, '15'])
  const body = new FormData()
  body.append('file', new Blob([jpeg]), 'a.jpg')
  expect((await t.request('/api/files', { method: 'POST', as: t.ann, body })).status).toBe(503)
  for (let i = 0; i < 5; i++) {
    await t.runJobs()
    t.pass(15_000)
  }
  expect((await t.api(t.ann, `GET /files/${second}`)).body.status).toBe('processing')
  expect([(await t.request('/readyz')).status, (await t.request('/healthz')).status]).toEqual([503, 200])

  await s3.comeBack()
  t.pass(15_000)
  await t.runJobs()
  expect((await t.api(t.ann, `GET /files/${second}`)).body.status).toBe('ready')
  expect([(await t.request(full.url, { as: t.ann })).status, await t.uploads()]).toEqual([200, []])
  expect((await t.stored()).filter((name) => name.startsWith(`${gone}/`))).toEqual([])
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 2, faults: [] })
})

test('what a crash left of a deleted file is erased once a day, and files newer than the database are not', async () => {
  using t = await withBucket()
  const [kept, gone] = [await t.upload(), await t.upload()]
  await t.runJobs()
  const left = async (id: number) => {
    const path = join(t.dir, 'left')
    await Bun.write(path, 'left')
    await t.app.storage.put(id, 'full/thumb.webp', path)
  }
  await t.api(t.ann, `DELETE /files/${gone}`)
  await t.runJobs()
  await left(gone)
  await left(99)
  const ids = async () => [...new Set((await t.stored()).map((name) => Number.parseInt(name, 10)))]
  const never = new AbortController().signal
  await sweepOrphans(t.app, never)
  expect(await ids()).toEqual([kept, gone, 99]) // the clock of the test is behind that of the store
  t.pass(Date.now() - +t.app.now() + 25 * 3600_000)
  await sweepOrphans(t.app, never)
  expect(await ids()).toEqual([kept, 99])
})

test('a viewer who stops reading does not make the server fetch the rest', async () => {
  let sent = 0
  const chunk = new Uint8Array(64 * 1024)
  const bytes = 1024 * chunk.length
  // A store that counts what is taken from it.
  using store = Bun.serve({
    port: 0,
    fetch({ method }) {
      const headers = { 'content-length': String(bytes), 'last-modified': new Date(0).toUTCString() }
      if (method === 'HEAD') return new Response(null, { headers })
      const body = new ReadableStream({
        pull(controller) {
          if (sent >= bytes) return controller.close()
          sent += chunk.length
          controller.enqueue(chunk)
        },
      })
      return new Response(body)
    },
  })
  const PINHOLE_S3_URL = `s3://KEY:SECRET@127.0.0.1:${store.port}/photos?tls=off`
  using t = await testApp({ PINHOLE_ACCESS: 'public', PINHOLE_S3_URL, PINHOLE_S3_CACHE_MB: '0' })
  const server = t.listen()
  const viewer = connect(server.port!, '127.0.0.1')
  const first = Promise.withResolvers<void>()
  viewer.once('data', () => {
    viewer.pause()
    first.resolve()
  })
  viewer.write(
    `GET ${t.app.mediaUrls.urlOf({ viewer: 0, file: 1, asOf: 0 }, 'full/mp4.mp4')} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  )
  await first.promise
  let before = -1
  while (before !== sent) {
    before = sent
    await Bun.sleep(100)
  }
  expect(sent).toBeLessThan(bytes / 2)
  viewer.destroy()
  await server.stop(true)
})
