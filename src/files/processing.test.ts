import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type As, testApp } from '../../test/harness'
import { bomb, cornersOff, fixture, photo } from '../../test/photos'
import { BadMedia } from '../media/errors'
import { auditFiles } from './audit'

const jpeg = await photo({ width: 600, height: 400, orientation: 6 }).jpeg().toBuffer()

async function withAnn() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const upload = async (bytes: Uint8Array, as: As = ann): Promise<number> => {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(bytes)]), 'a.jpg')
    return (await (await t.request('/api/files', { method: 'POST', as, body })).json()).id
  }
  return { ...t, ann, bob, upload, file: async (id: number) => (await t.api(ann, `GET /files/${id}`)).body }
}

test('a post waits for its photos and is published when the last one is ready', async () => {
  using t = await withAnn()
  await t.api(t.bob, 'PUT /follows/ann')
  const ids = [await t.upload(jpeg), await t.upload(await fixture('rotated-p3.heic'))]
  const post = (await t.api(t.ann, 'POST /posts', { caption: 'two', fileIds: ids })).body
  expect([post.status, post.publishedAt]).toEqual(['processing', null])
  expect([(await t.api(t.bob, `GET /posts/${post.id}`)).status, (await t.api(t.bob, 'GET /posts')).body.items]).toEqual(
    [404, []],
  )
  t.pass(5000)
  await t.runJobs()
  const seen = (await t.api(t.bob, `GET /posts/${post.id}`)).body
  expect([seen.status, seen.publishedAt, seen.files.map(({ id }: { id: number }) => id)]).toEqual([
    'published',
    t.app.now().toISOString(),
    ids,
  ])
  expect((await t.api(t.bob, 'GET /inbox')).body.items.map(({ id }: { id: number }) => id)).toEqual([post.id])
  const [one] = seen.files
  expect([one.status, one.width, one.height, one.renditions.thumb.width, one.renditions.thumb.height]).toEqual([
    'ready',
    600,
    400,
    480,
    320,
  ])
  expect([one.placeholder.startsWith('data:image/webp;base64,'), one.placeholder.length <= 1000]).toEqual([true, true])
  const bytes = await (await t.request(one.renditions.feed.url, { as: t.bob })).arrayBuffer()
  expect(await cornersOff(new Uint8Array(bytes))).toBeLessThan(25)
})

test('a photo no larger than the feed has one picture with two names, which is stored and counted once', async () => {
  using t = await withAnn()
  const small = await t.upload(await photo({ width: 1400, height: 200 }).jpeg().toBuffer())
  const large = await t.upload(await photo({ width: 1800, height: 200 }).jpeg().toBuffer())
  await t.runJobs()
  const [one, other] = [(await t.file(small)).renditions, (await t.file(large)).renditions]
  expect(one.feed).toEqual(one.full)
  expect([one.full.width, other.feed.width, other.full.width]).toEqual([1400, 1440, 1800])
  const stored = (id: number) => [...new Bun.Glob('*/*').scanSync(join(t.dir, 'media', String(id)))].sort()
  expect(stored(small)).toEqual(['full/full.webp', 'full/thumb.webp', 'preview/blurred.webp'])
  expect(stored(large)).toEqual(['full/feed.webp', 'full/full.webp', 'full/thumb.webp', 'preview/blurred.webp'])
  for (const { url, width } of [...Object.values<{ url: string; width: number }>(one), other.feed]) {
    const answer = await t.request(url, { as: t.ann })
    expect([answer.status, (await sharp(await answer.arrayBuffer()).metadata()).width]).toEqual([200, width])
  }

  let bytes = 0
  for await (const file of t.app.storage.list()) bytes += file.bytes
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(bytes)
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 2, faults: [] })
  await rm(join(t.dir, 'media', String(small), 'full/full.webp'))
  expect((await auditFiles(t.app.db, t.app)).faults).toEqual([`file ${small}: full/full.webp is missing`])

  const post = (await t.api(t.ann, 'POST /posts', { caption: 'small', fileIds: [small] })).body
  const page = await (await t.request(`/posts/${post.id}`, { as: t.ann })).text()
  const widths = /srcset="([^"]+)"/
    .exec(page)![1]!
    .split(', ')
    .map((each) => each.split(' ')[1])
  expect(widths).toEqual(['480w', '1400w'])
})

test('an unreadable file fails with a reason, its owner is notified, and the post can drop or replace it', async () => {
  using t = await withAnn()
  const [broken, huge, good] = [await t.upload(jpeg.subarray(0, 300)), await t.upload(bomb()), await t.upload(jpeg)]
  const post = (await t.api(t.ann, 'POST /posts', { fileIds: [broken, huge, good] })).body
  await t.runJobs()
  for (const id of [broken, huge]) {
    const { status, error, renditions } = await t.file(id)
    expect([status, error.code.length > 2, /^[A-Z].+\.$/.test(error.message), renditions]).toEqual([
      'failed',
      true,
      true,
      {},
    ])
  }
  expect((await t.api(t.ann, `GET /posts/${post.id}`)).body).toMatchObject({ status: 'failed', publishedAt: null })
  expect((await t.api(t.bob, `GET /posts/${post.id}`)).status).toBe(404)
  expect(
    (await t.api(t.ann, 'GET /notifications')).body.items.map(({ kind, url }: { kind: string; url: string }) => [
      kind,
      url,
    ]),
  ).toEqual([
    ['file_failed', `/posts/${post.id}`],
    ['file_failed', `/posts/${post.id}`],
  ])
  const other = await t.photo(t.ann)
  const repaired = (await t.api(t.ann, `PATCH /posts/${post.id}`, { fileIds: [other, good] })).body
  expect([repaired.status, repaired.files.map(({ id }: { id: number }) => id)]).toEqual(['published', [other, good]])
  expect((await t.api(t.ann, `DELETE /files/${broken}`)).status).toBe(204)
})

test('a failed file is retried when its owner asks; a file that is ready is not', async () => {
  using t = await withAnn()
  const [failed, ready] = [await t.upload(jpeg.subarray(0, 300)), await t.upload(jpeg)]
  await t.runJobs()
  expect((await t.api(t.ann, `POST /files/${failed}/attempts`)).body).toMatchObject({
    status: 'processing',
    progress: 0,
    error: null,
  })
  expect((await t.api(t.ann, `POST /files/${ready}/attempts`)).body.status).toBe('ready')
  await Bun.write(join(t.dir, 'media', String(failed), 'original'), jpeg)
  await t.runJobs()
  expect((await t.file(failed)).status).toBe('ready')
})

test('the uploader reads in their language which codec was not understood, and what was left out', async () => {
  using t = await withAnn()
  const [refused, silent] = [await t.upload(jpeg), await t.upload(jpeg)]
  const { image } = t.app.mediaWorker
  const values = { codec: 'AC-4' }
  const odd: typeof image = async (task, asking) => {
    if (task.input.includes(`/${refused}/`)) throw new BadMedia('codec', { values })
    return { ...(await image(task, asking)), note: { code: 'sound_dropped', values } }
  }
  Object.assign(t.app, { mediaWorker: { ...t.app.mediaWorker, image: odd, stop: t.app.mediaWorker.stop } })
  await t.runJobs()
  const { error } = await t.file(refused)
  expect([error.code, /^This server cannot read the codec of this video \(.*AC-4.*\)/.test(error.message)]).toEqual([
    'codec',
    true,
  ])
  expect((await t.file(silent)).note).toMatchObject({ code: 'sound_dropped' })
  await t.api(t.ann, 'PATCH /users/account', { locale: 'ko' })
  expect((await t.file(refused)).error.message).toMatch(/^이 서버에서 지원하지 않는 코덱이에요\(.*AC-4/)
  expect((await t.file(silent)).note.message).toContain('소리를 뺐어요')
})

test('after a worker has died three times, the file reports that it was interrupted', async () => {
  using t = await withAnn()
  const file = await t.upload(jpeg)
  const dying = () => Promise.reject(new Error('The media worker ended (SIGKILL).'))
  Object.assign(t.app, { mediaWorker: { ...t.app.mediaWorker, image: dying, stop: t.app.mediaWorker.stop } })
  for (let i = 1; i <= 3; i++) {
    expect((await t.file(file)).status).toBe('processing')
    await t.runJobs()
    t.pass(3600_000)
  }
  expect((await t.file(file)).error.code).toBe('interrupted')
})

test('a file deleted while it is processed leaves nothing behind', async () => {
  using t = await withAnn()
  const file = await t.upload(jpeg)
  const { image } = t.app.mediaWorker
  const meanwhile: typeof image = async (task, asking) => {
    const result = await image(task, asking)
    await t.api(t.ann, `DELETE /files/${file}`)
    return result
  }
  Object.assign(t.app, { mediaWorker: { image: meanwhile, stop: t.app.mediaWorker.stop } })
  await t.runJobs()
  expect([existsSync(join(t.dir, 'media', String(file))), existsSync(join(t.dir, 'work', String(file)))]).toEqual([
    false,
    false,
  ])
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(0)
})
