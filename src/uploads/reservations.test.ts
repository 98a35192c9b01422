import { expect, test } from 'bun:test'
import { readdir, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testApp } from '../../test/harness'
import { photo } from '../../test/photos'

const MB = 1024 ** 2
const jpeg = new Uint8Array(await photo().jpeg().toBuffer())
const tus = { 'tus-resumable': '1.0.0' }
const quotaOf = (mb: number) => ({ PINHOLE_QUOTA_MB: String(mb), PINHOLE_MIN_FREE_MB: '1' })

/** Bytes that begin like a photo. */
function big(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  bytes.set(jpeg)
  return bytes
}

async function withAnn(env: Record<string, string>, from?: string) {
  const t = await testApp({ PINHOLE_RATE_LIMITS: 'off', ...env }, from)
  const ann = from ? undefined : await t.user('ann')
  const as = ann
  const create = (length: number | null, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>) => {
    const announced = length === null ? { 'upload-defer-length': '1' } : { 'upload-length': String(length) }
    return t.request('/api/uploads', {
      method: 'POST',
      as,
      headers: { ...tus, ...announced, ...headers },
      ...(body && { body }),
    })
  }
  const start = async (length: number | null) => (await create(length)).headers.get('location')!
  const send = (at: string, offset: number, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    t.request(at, {
      method: 'PATCH',
      as,
      headers: {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
        ...headers,
      },
      body,
    })
  const form = (files: Uint8Array<ArrayBuffer>[]) => {
    const body = new FormData()
    for (const [i, file] of files.entries()) body.append('file', new Blob([file]), `${i}.jpg`)
    return t.request('/api/files', { method: 'POST', as, body })
  }
  /** Sends a form without announcing its length, as a chunked transfer does. */
  const chunked = (files: Uint8Array<ArrayBuffer>[]) => {
    async function* body() {
      for (const file of files) {
        yield Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n')
        for (let at = 0; at < file.length; at += 64 * 1024) yield file.subarray(at, at + 64 * 1024)
        yield Buffer.from('\r\n')
      }
      yield Buffer.from('--b--\r\n')
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    return t.request('/api/files', { method: 'POST', as, headers, body: body() })
  }
  const onDisk = async () => {
    const names = await readdir(join(t.dir, 'uploads')).catch(() => [])
    const sizes = await Promise.all(
      names.map((name) =>
        stat(join(t.dir, 'uploads', name)).then(
          ({ size }) => size,
          () => 0, // deleted between the listing and now
        ),
      ),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  const used = async () => (await t.api(as!, 'GET /users/account')).body.storage.used
  const files = async () => (await t.api(as!, 'GET /files')).body.items.length
  const cancel = (at: string) => t.request(at, { method: 'DELETE', as, headers: tus })
  return { ...t, ann: ann!, create, start, send, form, chunked, onDisk, used, files, cancel }
}

const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).sort()

test('a form of unannounced length is refused while it exceeds the quota, and leaves nothing behind', async () => {
  using t = await withAnn(quotaOf(10))
  let most = 0
  const watch = setInterval(async () => {
    most = Math.max(most, await t.onDisk())
  }, 5)
  const answer = await t.chunked(Array(20).fill(big(4 * MB)))
  clearInterval(watch)
  expect([answer.status, (await answer.json()).code]).toEqual([413, 'quota_exceeded'])
  expect(most).toBeLessThanOrEqual(14 * MB)
  expect([await t.onDisk(), await t.files(), await t.used()]).toEqual([0, 0, 0])
  expect((await t.chunked([big(4 * MB), big(5 * MB)])).status).toBe(201)
  expect([await t.files(), await t.used()]).toEqual([2, 9 * MB])
})

test('simultaneous forms of unannounced length share the quota', async () => {
  using t = await withAnn(quotaOf(10))
  const answers = await Promise.all(Array.from({ length: 6 }, () => t.chunked([big(3 * MB)])))
  expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(3)
  expect(await t.used()).toBeLessThanOrEqual(10 * MB)
  expect([await t.onDisk(), await t.used()]).toEqual([0, (await t.files()) * 3 * MB])
  expect((await t.chunked([big(10 * MB - (await t.used()))])).status).toBe(201)
})

test('a form of which one file is refused creates none of them', async () => {
  using t = await withAnn(quotaOf(10))
  const answer = await t.form([jpeg, jpeg, new Uint8Array(100)])
  expect([answer.status, await t.files(), await t.used(), await t.onDisk()]).toEqual([415, 0, 0, 0])
})

test('simultaneous announcements are let in only as far as the quota allows', async () => {
  using t = await withAnn(quotaOf(10))
  const answers = await Promise.all(Array.from({ length: 20 }, () => t.create(4 * MB)))
  expect(statusesOf(answers)).toEqual([...Array(2).fill(201), ...Array(18).fill(413)])
  const [one, two] = answers.flatMap(({ headers }) => headers.get('location') ?? [])
  expect((await t.form([big(3 * MB)])).status).toBe(413)
  expect((await t.cancel(one!)).status).toBe(204)
  expect((await t.create(6 * MB + 1)).status).toBe(413)
  const three = await t.start(6 * MB)
  const sent = await Promise.all([t.send(two!, 0, big(4 * MB)), t.send(three, 0, big(6 * MB))])
  expect([statusesOf(sent), await t.used(), await t.onDisk()]).toEqual([[204, 204], 10 * MB, 0])
  expect((await t.create(1)).status).toBe(413)
  await t.api(t.ann, 'DELETE /files/1')
  expect((await t.create(4 * MB)).status).toBe(201)
})

test('simultaneous parts of uploads without a length stop at the quota', async () => {
  using t = await withAnn(quotaOf(10))
  const ways = await Promise.all(Array.from({ length: 8 }, () => t.start(null)))
  const answers = await Promise.all(ways.map((at) => t.send(at, 0, big(3 * MB))))
  expect(statusesOf(answers)).toContain(413)
  expect(await t.onDisk()).toBeLessThanOrEqual(10 * MB + 64 * 1024)
  await Promise.all(ways.map(t.cancel))
  const at = await t.start(null)
  const length = (size: number) => ({ 'upload-length': String(size) })
  expect((await t.send(at, 0, big(MB), length(10 * MB + 1))).status).toBe(413)
  expect((await t.send(at, 0, big(MB), length(10 * MB))).status).toBe(204)
  expect((await t.create(1)).status).toBe(413)
})

test('an upload that is refused during its creation leaves nothing behind', async () => {
  using t = await withAnn(quotaOf(2))
  const answer = await t.create(null, { 'content-type': 'application/offset+octet-stream' }, big(3 * MB))
  expect([answer.status, await t.onDisk(), await t.files()]).toEqual([413, 0, 0])
  expect((await t.create(2 * MB)).status).toBe(201)
})

test('a server that restarts still counts what was announced', async () => {
  using before = await withAnn(quotaOf(10))
  const at = await before.start(8 * MB)
  await before.send(at, 0, big(MB))
  using after = await testApp(quotaOf(10), before.dir)
  const create = (length: number) =>
    after.request('/api/uploads', {
      method: 'POST',
      as: before.ann,
      headers: { ...tus, 'upload-length': String(length) },
    })
  expect([(await create(2 * MB + 1)).status, (await create(2 * MB)).status]).toEqual([413, 201])
})

test('the announced sizes of all uploads together leave the disk space free that the staff reserve', async () => {
  const folder = await statfs(tmpdir())
  const freeMb = Math.floor((folder.bavail * folder.bsize) / MB)
  const tenth = Math.min(Math.floor(freeMb / 10), 60_000)
  using t = await withAnn({
    PINHOLE_QUOTA_MB: String(freeMb),
    PINHOLE_MAX_UPLOAD_MB: String(tenth),
    PINHOLE_MIN_FREE_MB: String(freeMb - Math.floor(2.5 * tenth)),
  })
  const bob = await t.user('bob')
  const headers = { ...tus, 'upload-length': String(tenth * MB) }
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      t.request('/api/uploads', { method: 'POST', as: i % 2 ? bob : t.ann, headers }),
    ),
  )
  expect(statusesOf(answers)).toEqual([201, 201, ...Array(6).fill(507)])
})

test('each file of a form counts towards the hourly limit', async () => {
  using t = await withAnn({ ...quotaOf(10), PINHOLE_RATE_LIMITS: 'on' })
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PATCH /admin/settings', { limits: { uploads: 25 } })
  expect((await t.form(Array(20).fill(jpeg))).status).toBe(201)
  const refused = await t.form(Array(6).fill(jpeg))
  expect([refused.status, await t.files(), await t.onDisk()]).toEqual([429, 20, 0])
})
