import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { bucketApp, jpeg, secondNode, tus } from '../../test/bucket-app'
import { startS3 } from '../../test/s3'
import { until } from '../../test/until'
import { auditFiles } from '../files/audit'
import { lookUpViewer } from '../sessions/model'
import { adopt } from './adopt'
import { addressOfWhole, concatenate } from './concatenation'
import { acceptUpload } from './receive'

let s3: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3[Symbol.asyncDispose]())
const withBucket = (env: Record<string, string> = {}) => bucketApp(s3.url, env)

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
  expect(await t.stored()).toEqual([])
  await until('the other node refuses the link', async () => (await one(file.renditions.feed.url, {})).status === 410)
})

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
