import { afterAll, beforeAll, expect, test } from 'bun:test'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type As, problem, testApp } from '../../test/harness'
import { photo } from '../../test/photos'
import { startS3 } from '../../test/s3'
import { createApp } from '../app'
import { readConfig } from '../config'
import { openDatabase } from '../db/database'
import { openApp } from '../open-app'
import { lookUpViewer } from '../sessions/model'
import { adopt } from '../uploads/adopt'
import { addressOfWhole, concatenate } from '../uploads/concatenation'
import { acceptUpload } from '../uploads/receive'
import { auditFiles } from './audit'
import { sweepOrphans } from './sweep'

const jpeg = new Uint8Array(await photo({ width: 2000, height: 100 }).jpeg().toBuffer())
const tus = { 'tus-resumable': '1.0.0' }

let s3: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3[Symbol.asyncDispose]())

let communities = 0

/** A community in a folder of its own in the bucket. */
async function withBucket(env: Record<string, string> = {}) {
  const all = { PINHOLE_S3_URL: s3.url.replace('/community', `/community-${++communities}`), ...env }
  const t = await testApp(all)
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const stored = async () =>
    (await Array.fromAsync(t.app.storage.list())).map(({ fileId, name }) => `${fileId}/${name}`).sort()
  return {
    ...t,
    env: all,
    ann,
    bob,
    stored,
    uploads: () => t.app.arrivals.list(),
    async upload(as: As = ann): Promise<number> {
      const body = new FormData()
      body.append('file', new Blob([jpeg]), 'a.jpg')
      return (await (await t.request('/api/files', { method: 'POST', as, body })).json()).id
    },
  }
}

/** A second node of the same community, with a folder of its own. */
async function secondNode({ dir, place, env, app }: Awaited<ReturnType<typeof withBucket>>) {
  const folder = mkdtempSync(join(tmpdir(), 'pinhole-node-'))
  cpSync(join(dir, 'secrets.json'), join(folder, 'secrets.json'))
  const second = await openApp(readConfig({ data: folder }, env), app.now, await openDatabase(place))
  const hono = createApp(second)
  return {
    app: second,
    request: (path: string, as: As, init: RequestInit = {}) =>
      hono.request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${as.token}` } }),
    [Symbol.dispose]() {
      void second.mediaWorker.stop()
      second.close()
      rmSync(folder, { recursive: true })
    },
  }
}

test('two nodes that join the same parts make one file, and none takes the bytes of the other away', async () => {
  using t = await withBucket()
  using other = await secondNode(t)
  const headers = { ...tus, 'upload-concat': 'partial' }
  const part = async (of: Uint8Array<ArrayBuffer>) => {
    const length = { 'upload-length': String(of.length), 'content-type': 'application/offset+octet-stream' }
    const made = await t.request('/api/uploads', {
      method: 'POST',
      as: t.ann,
      headers: { ...headers, ...length },
      body: of,
    })
    return made.headers.get('location')!.split('/').at(-1)!
  }
  const parts = [await part(jpeg.slice(0, 100)), await part(jpeg.slice(100))]
  const [, , , whole] = addressOfWhole(t.ann, parts).split(/[/?]/) as [string, string, string, string]
  const claims = { userId: t.ann.id, sessionId: t.ann.sessionId }
  const viewer = { ...(await lookUpViewer(t.app.db, claims, t.app.now()))!.viewer, restricted: false }
  const { open } = t.app.arrivals
  // The other node is done when this one begins to read the second part.
  t.app.arrivals.open = async (id) => {
    const found = await open(id)
    if (id === parts[1]) {
      await other.app.arrivals.receive(whole, Readable.from([jpeg]))
      await acceptUpload(other.app, viewer, whole, 'mine.jpg')
      for (const each of parts) await other.app.arrivals.drop(each)
    }
    return found
  }
  const file = await concatenate(t.app, viewer, parts, 'mine.jpg')
  expect([file.id, file.bytes, await t.uploads()]).toEqual([1, jpeg.length, [whole]])
  expect((await t.app.arrivals.find(whole))?.bytes).toBe(jpeg.length)
  const scratch = join(t.dir, 'adopted')
  await adopt(t.app, file, scratch)
  const original = await t.request('/api/files/1/original', { as: t.ann })
  expect(new Uint8Array(await original.arrayBuffer())).toEqual(jpeg)
})

test('an upload may reach another node with each request, and becomes one file that both nodes serve', async () => {
  using t = await withBucket({ PINHOLE_QUOTA_MB: '1' })
  using other = await secondNode(t)
  const [one, two] = [
    (path: string, init: RequestInit) => t.request(path, { ...(init as object), as: t.ann }),
    (path: string, init: RequestInit) => other.request(path, t.ann, init),
  ]
  const length = { 'upload-length': String(jpeg.length), 'upload-metadata': `filename ${btoa('mine.jpg')}` }
  const at = (await one('/api/uploads', { method: 'POST', headers: { ...tus, ...length } })).headers.get('location')!
  const send = (node: typeof one | typeof two, offset: number, end: number) => {
    const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
    return node(at, { method: 'PATCH', headers, body: jpeg.slice(offset, end) })
  }
  const offset = async (node: typeof one | typeof two) =>
    (await node(at, { method: 'HEAD', headers: tus })).headers.get('upload-offset')
  expect((await send(two, 0, 700)).status).toBe(204)
  expect([await offset(one), await offset(two)]).toEqual(['700', '700'])
  expect((await send(one, 0, 700)).status).toBe(409)
  expect((await send(one, 700, 900)).status).toBe(204)
  const announced = { ...tus, 'upload-length': String(1024 ** 2 - jpeg.length + 1) }
  expect((await two('/api/uploads', { method: 'POST', headers: announced })).status).toBe(413)
  expect((await other.request(at, t.bob, { method: 'HEAD', headers: tus })).status).toBe(404)
  const whole = await send(two, 900, jpeg.length)
  expect([whole.status, whole.headers.get('content-location')]).toEqual([204, '/api/files/1'])
  expect((await one(at, { method: 'HEAD', headers: tus })).headers.get('content-location')).toBe('/api/files/1')
  const original = async (node: typeof one | typeof two) =>
    new Uint8Array(await (await node('/api/files/1/original', {})).arrayBuffer())
  expect(await original(one)).toEqual(jpeg)

  await t.runJobs()
  expect([await original(two), await t.uploads()]).toEqual([jpeg, []])
  expect(await t.stored()).toEqual([
    '1/full/feed.webp',
    '1/full/full.webp',
    '1/full/thumb.webp',
    '1/original',
    '1/preview/blurred.webp',
  ])
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  expect([existsSync(join(t.dir, 'media')), readdirSync(join(t.dir, 'work'))]).toEqual([false, []])

  const file = (await t.api(t.ann, 'GET /files/1')).body
  const seen = [await one(file.renditions.feed.url, {}), await two(file.renditions.feed.url, {})]
  expect(seen.map(({ status }) => status)).toEqual([200, 200])
  expect(seen[0]!.headers.get('etag')).toBe(seen[1]!.headers.get('etag'))
  expect((await two('/api/files/1', { method: 'DELETE' })).status).toBe(204)
  await t.runJobs()
  expect([await t.stored(), (await one(file.renditions.feed.url, {})).status]).toEqual([[], 410])
})

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
    `GET ${t.app.mediaUrls.urlOf({ viewer: 0, file: 1 }, 'full/mp4.mp4')} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
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
