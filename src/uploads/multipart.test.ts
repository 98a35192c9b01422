import { expect, test } from 'bun:test'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type As, type Json, problem, testApp } from '../../test/harness'
import { photo } from '../../test/photos'

const MB = 1024 ** 2
const jpeg = new Uint8Array(await photo().jpeg().toBuffer())
const blob = (...parts: (Uint8Array<ArrayBuffer> | string)[]) => new Blob(parts)

async function withAnn(env: Record<string, string> = {}) {
  const t = await testApp(env)
  const ann = await t.user('ann')
  const send = (
    files: [Blob, string][],
    { as, path = '/api/files', ...more }: { as?: As; path?: string; browser?: As } = { as: ann },
  ) => {
    const body = new FormData()
    body.append('note', 'before')
    for (const [file, name] of files) body.append('file', file, name)
    return t.request(path, { method: 'POST', body, as, ...more })
  }
  const left = async () => await readdir(join(t.dir, 'uploads')).catch(() => [])
  return { ...t, ann, send, left }
}

test('a script uploads in one request', async () => {
  using t = await withAnn()
  const made = await t.send([[blob(jpeg), 'ein Bild.jpg']])
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/files/1'])
  expect(await made.json()).toMatchObject({ id: 1, kind: 'image', status: 'processing', error: null, renditions: {} })
  expect(new Uint8Array(await (await t.request('/api/files/1/original', { as: t.ann })).arrayBuffer())).toEqual(jpeg)
  expect(await t.left()).toEqual([])
})

test('a compressed form is refused, since nothing unpacks it', async () => {
  using t = await withAnn()
  const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-encoding': 'gzip' }
  const answer = await t.request('/api/files', { method: 'POST', as: t.ann, headers, body: Bun.gzipSync(jpeg) })
  expect([answer.status, (await answer.json()).detail]).toEqual([415, 'Send the body without compression.'])
})

test('a form without JavaScript uploads several files and leads to the new post', async () => {
  using t = await withAnn()
  const made = await t.send(
    [
      [blob(jpeg), 'a.jpg'],
      [blob(jpeg), 'b.jpg'],
    ],
    { path: '/files', browser: t.ann },
  )
  expect([made.status, made.headers.get('location')]).toEqual([303, '/posts/new'])
  const files = (await t.api(t.ann, 'GET /files')).body.items
  expect(files.length).toBe(2)
  const page = await (await t.request('/posts/new', { browser: t.ann })).text()
  for (const { id } of files) expect(page).toContain(`value="${id}"`)
  const none = await t.send([[blob(), '']], { path: '/files', browser: t.ann })
  expect([none.status, (await none.text()).includes('Choose a file')]).toEqual([422, true])
})

test('a file that is no photo, an invalid form and an empty one are refused and leave nothing behind', async () => {
  using t = await withAnn()
  const refusal = async (answer: Promise<{ status: number; json(): Promise<Json> }>) => {
    const { status, json } = await answer.then((each) => ({ status: each.status, json: each.json() }))
    return [status, (await json).code]
  }
  expect(await refusal(t.send([[blob('<svg/>'), 'a.jpg']]))).toEqual([415, 'unsupported_media'])
  expect(await refusal(t.send([]))).toEqual([422, 'invalid'])
  expect(await t.api(t.ann, 'POST /files', { file: 'x' })).toEqual(problem(415, 'unsupported_media'))
  const raw = (body: string, type: string) =>
    t.request('/api/files', { method: 'POST', as: t.ann, body, headers: { 'content-type': type } })
  const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc'
  expect(await refusal(raw(cut, 'multipart/form-data; boundary=b'))).toEqual([400, 'unreadable'])
  expect((await raw('x', 'multipart/form-data')).status).toBeLessThan(500)
  expect([await t.left(), (await t.api(t.ann, 'GET /files')).body.items]).toEqual([[], []])
  expect((await t.send([[blob(jpeg), 'a.jpg']], {})).status).toBe(401)
})

test('a large file, a full quota and a full disk are told apart and leave nothing behind', async () => {
  const refusal = async (env: Record<string, string>, size: number) => {
    using t = await withAnn(env)
    const answer = await t.send([[blob(jpeg, new Uint8Array(size - jpeg.length)), 'a.jpg']])
    return [
      answer.status,
      (await answer.json()).code,
      await t.left(),
      (await t.api(t.ann, 'GET /users/account')).body.storage.used,
    ]
  }
  expect(await refusal({ PINHOLE_MAX_UPLOAD_MB: '1' }, MB + 1)).toEqual([413, 'too_large', [], 0])
  expect(await refusal({ PINHOLE_QUOTA_MB: '1' }, MB + 1)).toEqual([413, 'quota_exceeded', [], 0])
  expect(await refusal({ PINHOLE_MIN_FREE_MB: '1000000000' }, 5000)).toEqual([507, 'storage_full', [], 0])
})

test('an upload repeated with its key makes one file, and the key is refused for other bytes', async () => {
  using t = await withAnn()
  const bob = await t.user('bob')
  const send = (bytes: Uint8Array<ArrayBuffer>, key: string, name = 'a.jpg', as: As = t.ann) => {
    const body = new FormData()
    body.append('file', new Blob([bytes]), name)
    return t.request('/api/files', { method: 'POST', as, body, headers: { 'idempotency-key': key } })
  }
  const [first, again] = await Promise.all([send(jpeg, 'one'), send(jpeg, 'one')])
  expect([first.status, again.status]).toEqual([201, 201])
  const { id, bytes } = await first.json()
  expect([(await again.json()).id, bytes]).toEqual([id, jpeg.length])
  expect((await (await send(jpeg, 'two')).json()).id).not.toBe(id)
  expect((await (await send(jpeg, 'one', 'a.jpg', bob)).json()).id).not.toBe(id)
  const other = new Uint8Array(await photo({ width: 9, height: 9 }).jpeg().toBuffer())
  for (const reused of [await send(other, 'one'), await send(jpeg, 'one', 'b.jpg')])
    expect([reused.status, (await reused.json()).code]).toEqual([422, 'key_reused'])
  expect((await t.api(t.ann, 'GET /files')).body.items.length).toBe(2)
  expect(await t.left()).toEqual([])
  await t.api(t.ann, `DELETE /files/${id}`)
  expect((await send(jpeg, 'one')).status).toBe(410)
})

test('a script finds out by the hash whether its bytes are here already', async () => {
  using t = await withAnn()
  const made = await (await t.send([[blob(jpeg), 'a.jpg']])).json()
  const sha256 = new Bun.CryptoHasher('sha256').update(jpeg).digest('hex')
  await t.runJobs()
  const found = async (hash: string) => (await t.api(t.ann, `GET /files?sha256=${hash}`)).body.items
  expect(await found(sha256)).toMatchObject([{ id: made.id, sha256, bytes: jpeg.length, name: 'a.jpg' }])
  expect(await found(sha256.toUpperCase())).toMatchObject([{ id: made.id }])
  expect(await found('0'.repeat(64))).toEqual([])
  expect(await t.api(t.ann, 'GET /files?sha256=abc')).toEqual(problem(422, 'invalid'))
  expect((await t.api(await t.user('bob'), `GET /files?sha256=${sha256}`)).body.items).toEqual([])
})
