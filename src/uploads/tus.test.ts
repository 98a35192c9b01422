import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { testApp } from '../../test/harness'
import { bytes, filename, jpeg, tus, withAnn } from '../../test/tus-app'
import { newUploadId } from './ids'
import { acceptUpload } from './receive'

const DAY_MS = 24 * 3600_000
const MB = 1024 ** 2

test('an upload in parts becomes a file of its owner, with its name', async () => {
  using t = await withAnn()
  const created = await t.create({ 'upload-length': String(jpeg.length), ...filename })
  const at = created.headers.get('location')!
  expect([created.status, at]).toEqual([201, expect.stringMatching(/^\/api\/uploads\/[\w-]+$/)])
  const half = await t.send(at, 0, jpeg.subarray(0, 100))
  expect([half.status, half.headers.get('upload-offset'), half.headers.get('content-location')]).toEqual([
    204,
    '100',
    null,
  ])
  expect(+new Date(half.headers.get('upload-expires') ?? created.headers.get('upload-expires')!)).toBeGreaterThan(0)
  const asked = await t.head(at)
  expect([asked.status, asked.headers.get('upload-offset'), asked.headers.get('upload-length')]).toEqual([
    200,
    '100',
    String(jpeg.length),
  ])
  const whole = await t.send(at, 100, jpeg.subarray(100))
  expect([whole.status, whole.headers.get('content-location')]).toEqual([204, '/api/files/1'])
  expect((await t.api(t.ann, 'GET /files/1')).body).toMatchObject({
    id: 1,
    kind: 'image',
    status: 'processing',
    progress: 0,
  })
  const original = await t.request('/api/files/1/original', { as: t.ann })
  expect([original.headers.get('content-type'), original.headers.get('content-disposition')]).toEqual([
    'image/jpeg', // The type comes from the bytes, not from the name.
    "attachment; filename*=UTF-8''photo%20of%20mine.jpg",
  ])
  expect(new Uint8Array(await original.arrayBuffer())).toEqual(jpeg)
  expect([await t.left(), (await t.api(t.ann, 'GET /users/account')).body.storage.used]).toEqual([[], jpeg.length])
})

test('creating an upload may include all bytes, or leave its length open', async () => {
  using t = await withAnn()
  const once = await t.create({ ...bytes, 'upload-length': String(jpeg.length) }, jpeg)
  expect([once.status, once.headers.get('content-location')]).toEqual([201, '/api/files/1'])
  const at = (await t.create({ 'upload-defer-length': '1' })).headers.get('location')!
  expect((await t.head(at)).headers.get('upload-defer-length')).toBe('1')
  const headers = { ...bytes, 'upload-offset': '0', 'upload-length': String(jpeg.length) }
  const said = await t.request(at, { method: 'PATCH', as: t.ann, headers, body: jpeg })
  expect([said.status, said.headers.get('content-location')]).toEqual([204, '/api/files/2'])
})

test('the server lists the extensions it supports', async () => {
  using t = await withAnn()
  const options = await t.request('/api/uploads', { method: 'OPTIONS', as: t.ann })
  expect([options.headers.get('tus-version'), options.headers.get('access-control-allow-origin')]).toEqual([
    '1.0.0',
    null,
  ])
  const extensions = options.headers.get('tus-extension')!.split(',')
  for (const each of [
    'creation',
    'creation-with-upload',
    'creation-defer-length',
    'termination',
    'expiration',
    'checksum',
    'concatenation',
  ])
    expect(extensions).toContain(each)
})

test('a wrong offset is refused and spoils nothing', async () => {
  using t = await withAnn()
  const at = await t.start()
  await t.send(at, 0, jpeg.subarray(0, 100))
  for (const offset of [0, 50, 101]) expect((await t.send(at, offset, jpeg.subarray(offset))).status).toBe(409)
  expect((await t.send(at, 100, jpeg.subarray(100))).headers.get('content-location')).toBe('/api/files/1')
})

test('a lost last response is repeated by HEAD and GET with the one file that was created', async () => {
  using t = await withAnn()
  const at = await t.start()
  await t.send(at, 0, jpeg)
  for (let i = 0; i < 2; i++) {
    const again = await t.head(at)
    expect([again.status, again.headers.get('upload-offset'), again.headers.get('content-location')]).toEqual([
      200,
      String(jpeg.length),
      '/api/files/1',
    ])
  }
  await t.runJobs()
  expect((await t.head(at)).headers.get('content-location')).toBe('/api/files/1')
  expect((await t.api(t.ann, 'GET /files')).body.items.length).toBe(1)
})

test('an upload that was complete when the server died becomes a file when it is asked for', async () => {
  using t = await withAnn()
  const at = await t.start()
  await t.send(at, 0, jpeg.subarray(0, 100))
  const id = at.split('/').at(-1)!
  // This is the state after a crash between the last byte and the commit.
  await Bun.write(join(t.dir, 'uploads', id), jpeg)
  const asked = await t.head(at)
  expect([asked.headers.get('upload-offset'), asked.headers.get('content-location')]).toEqual([
    String(jpeg.length),
    '/api/files/1',
  ])
})

test('other people do not find the upload', async () => {
  using t = await withAnn()
  const at = await t.start()
  expect([(await t.head(at, t.bob)).status, (await t.send(at, 0, jpeg, t.bob)).status]).toEqual([404, 404])
  expect((await t.request(at, { method: 'DELETE', as: t.bob, headers: tus })).status).toBe(404)
  expect((await t.send(at, 0, jpeg)).headers.get('content-location')).toBe('/api/files/1')
  expect([(await t.head(at, t.bob)).status, (await t.head('/api/uploads/nothing')).status]).toEqual([404, 404])
  for (const path of ['/api/uploads/..%2f..%2fsecrets.json', `/api/uploads/${t.ann.id}-..%2f..%2fsecrets.json`])
    expect([path, (await t.head(path)).status]).toEqual([path, 404])
  expect((await t.request('/api/uploads', { method: 'POST', headers: { ...tus, 'upload-length': '9' } })).status).toBe(
    401,
  )
})

test('an upload can be cancelled, and is deleted after a day', async () => {
  using t = await withAnn()
  const [given, old] = [await t.start(), await t.start()]
  await t.send(old, 0, jpeg.subarray(0, 100))
  expect((await t.request(given, { method: 'DELETE', as: t.ann, headers: tus })).status).toBe(204)
  expect((await t.head(given)).status).toBe(404)
  expect((await t.left()).length).toBe(2)
  t.pass(Date.now() - +t.app.now() + DAY_MS - 60_000) // The age of a file depends on the clock of the disk.
  const { sweepUploads } = await import('./sweep')
  await sweepUploads(t.app)
  expect((await t.left()).length).toBe(2)
  t.pass(120_000)
  await sweepUploads(t.app)
  expect(await t.left()).toEqual([])
})

test('a file that is no photo is refused by its bytes, whatever its name, and leaves nothing behind', async () => {
  using t = await withAnn()
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
  for (const body of [svg, new TextEncoder().encode('#EXTM3U\nfile:///etc/passwd\n'), new Uint8Array(200)]) {
    const at = await t.start(body.length)
    const answer = await t.send(at, 0, body)
    expect([answer.status, (await answer.json()).code]).toEqual([415, 'unsupported_media'])
    expect((await t.head(at)).status).toBe(404)
  }
  expect([await t.left(), (await t.api(t.ann, 'GET /files')).body.items]).toEqual([[], []])
})

test('a large file is refused before a byte is sent, or while unannounced bytes arrive', async () => {
  using t = await withAnn({ PINHOLE_MAX_UPLOAD_MB: '1' })
  const refused = await t.create({ 'upload-length': String(MB + 1) })
  expect([refused.status, (await refused.json()).code]).toEqual([413, 'too_large'])
  const at = (await t.create({ 'upload-defer-length': '1' })).headers.get('location')!
  expect((await t.send(at, 0, new Uint8Array(MB + 1))).status).toBe(413)
  expect((await t.start(MB)).length).toBeGreaterThan(10)
})

test('a full quota and a full disk are told apart', async () => {
  using t = await withAnn({ PINHOLE_QUOTA_MB: '1' })
  const quota = await t.create({ 'upload-length': String(MB + 1) })
  expect([quota.status, (await quota.json()).code]).toEqual([413, 'quota_exceeded'])
  const big = new Uint8Array(0.6 * MB)
  big.set(jpeg)
  const one = await t.start(big.length)
  const second = await t.create({ 'upload-length': String(big.length) }) // It would fit if the first were not announced.
  expect([second.status, (await second.json()).code]).toEqual([413, 'quota_exceeded'])
  expect((await t.send(one, 0, big)).status).toBe(204)
  expect([await t.left(), (await t.api(t.ann, 'GET /users/account')).body.storage.used]).toEqual([[], big.length])
  using full = await withAnn({ PINHOLE_MIN_FREE_MB: '1000000000' })
  const disk = await full.create({ 'upload-length': '10' })
  expect([disk.status, (await disk.json()).code]).toEqual([507, 'storage_full'])
})

test('malformed requests get a problem, not a server error', async () => {
  using t = await withAnn()
  const at = await t.start()
  for (const answer of [
    await t.create({}),
    await t.create({ 'upload-length': '-1' }),
    await t.create({ 'upload-length': 'x' }),
    await t.create({ 'upload-length': '10', 'upload-metadata': 'filename ###' }),
    await t.request('/api/uploads', { method: 'POST', as: t.ann, headers: { 'upload-length': '10' } }),
    await t.request(at, {
      method: 'PATCH',
      as: t.ann,
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'image/jpeg' },
      body: jpeg,
    }),
    await t.request(at, { method: 'PATCH', as: t.ann, headers: bytes, body: jpeg }),
    await t.request(at, { method: 'POST', as: t.ann, headers: { ...tus } }),
  ]) {
    expect(answer.status >= 400 && answer.status < 500).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  }
})

test('an upload cancelled during its last bytes is not found, which is no server error', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  await expect(
    acceptUpload(t.app, { ...ann, role: 'member', restricted: false }, newUploadId(ann), 'photo.jpg'),
  ).rejects.toMatchObject({
    kind: 'not_found',
  })
})

test('a complete upload can no longer be cancelled, since it is about to become a file', async () => {
  using t = await withAnn()
  const at = await t.start()
  await Bun.write(join(t.dir, 'uploads', at.split('/').at(-1)!), jpeg)
  const ended = await t.request(at, { method: 'DELETE', as: t.ann, headers: tus })
  expect([ended.status, (await t.left()).length]).toEqual([400, 2])
})

test('two simultaneous requests for a complete upload get the same file', async () => {
  using t = await withAnn()
  const at = await t.start()
  await Bun.write(join(t.dir, 'uploads', at.split('/').at(-1)!), jpeg)
  const answers = await Promise.all([t.head(at), t.head(at), t.head(at)])
  expect(answers.map(({ status, headers }) => [status, headers.get('content-location')])).toEqual(
    Array(3).fill([200, '/api/files/1']),
  )
})

test('an upload whose file is deleted or in use is gone, and a client uploads it again', async () => {
  using t = await withAnn()
  const server = t.listen()
  const ways = [await t.start(), await t.start(), await t.start()]
  for (const at of ways) await t.send(at, 0, jpeg)
  const statuses = () => Promise.all(ways.map(async (at) => (await t.head(at)).status))
  expect(await statuses()).toEqual([200, 200, 200])
  await t.api(t.ann, 'DELETE /files/1')
  expect((await t.api(t.ann, 'POST /posts', { fileIds: [2] })).status).toBe(201)
  expect((await t.api(t.ann, 'PATCH /users/account', { avatarFileId: 3 })).status).toBe(200)
  expect(await statuses()).toEqual([410, 410, 410])
  for (const at of ways) expect((await t.send(at, jpeg.length, jpeg)).status).toBe(410)
  const { Upload } = await import('tus-js-client')
  const location = await new Promise((resolve, reject) => {
    new Upload(Buffer.from(jpeg), {
      endpoint: `${server.url}api/uploads`,
      uploadUrl: new URL(ways[0]!, server.url).href,
      headers: { authorization: `Bearer ${t.ann.token}` },
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('content-location')),
    }).start()
  })
  expect(location).toBe('/api/files/4')
  await server.stop(true)
})
