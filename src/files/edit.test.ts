import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { problem, type Somebody, testApp } from '../../test/harness'
import { CORNERS, photo } from '../../test/photos'
import { auditFiles } from './audit'

const CROP = { x: 0, y: 0, width: 300, height: 200 }
const jpeg = await photo({ width: 1800, height: 1200 }).jpeg().toBuffer()

async function withFile() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(jpeg)]), 'a.jpg')
  const { id } = await (await t.request('/api/files', { method: 'POST', as: ann, body })).json()
  const file = async () => (await t.api(ann, `GET /files/${id}`)).body
  const change = (patch: object, as: Somebody = ann) => t.api(as, `PATCH /files/${id}`, patch)
  const bytesOf = async (url: string, as: Somebody = ann) => {
    const answer = await t.request(url, { as })
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }
  const stored = () => [...new Bun.Glob('*/*').scanSync(`${t.dir}/media/${id}`)].sort()
  return { ...t, ann, bob, id: id as number, file, change, bytesOf, stored }
}

test('before publishing, a photo is cropped and turned, as often as wanted, and back', async () => {
  using t = await withFile()
  await t.runJobs()
  const before = await t.file()
  expect(before).toMatchObject({ crop: null, turn: 0, trim: null, cover: null, bytes: jpeg.length })
  expect(before.original).toEqual({ width: 1800, height: 1200, duration: null })
  const oldUrl = before.renditions.full.url
  expect((await t.bytesOf(oldUrl)).status).toBe(200)

  const changed = await t.change({ crop: CROP, turn: 90 })
  expect([changed.status, changed.body.status]).toEqual([200, 'processing'])
  await t.runJobs()
  const after = await t.file()
  expect(after).toMatchObject({ status: 'ready', crop: CROP, turn: 90, width: 200, height: 300 })
  expect(after.original).toEqual({ width: 1800, height: 1200, duration: null })
  expect(Object.keys(after.renditions).sort()).toEqual(['blurred', 'feed', 'full', 'thumb'])
  // the smaller photo needs no picture of its own for the feed, and that of the whole photo must not stay
  expect(t.stored()).toEqual(['author/uncut.webp', 'full/full.webp', 'full/thumb.webp', 'preview/blurred.webp'])
  expect((await t.bytesOf(oldUrl)).status).toBe(410)
  const { bytes } = await t.bytesOf(after.renditions.full.url)
  const { channels } = await sharp(bytes).stats()
  expect(channels.map(({ min, max }, i) => Math.max(CORNERS[0]![i]! - min, max - CORNERS[0]![i]!) < 12)).toEqual([
    true,
    true,
    true,
  ])
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  let kept = 0
  for await (const each of t.app.storage.list()) kept += each.bytes
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(kept)

  await t.change({ crop: null })
  await t.runJobs()
  expect(await t.file()).toMatchObject({ crop: null, turn: 90, width: 1200, height: 1800 })
  await t.change({ turn: 0 })
  await t.runJobs()
  expect(await t.file()).toMatchObject({ width: 1800, height: 1200, status: 'ready' })
  expect(t.stored()).not.toContain('author/uncut.webp')
})

test('all of a changed photo is for its author alone, and no media link leads to it', async () => {
  using t = await withFile()
  await t.change({ crop: CROP })
  const post = (await t.api(t.ann, 'POST /posts', { fileIds: [t.id] })).body
  await t.runJobs()
  const path = `/api/files/${t.id}/uncut`
  const mine = await t.bytesOf(path)
  expect([mine.status, (await sharp(mine.bytes).metadata()).width]).toEqual([200, 1440])
  expect((await t.bytesOf(path, t.bob)).status).toBe(404)
  expect((await t.request(path)).status).toBe(401)
  const [seen] = (await t.api(t.bob, `GET /posts/${post.id}`)).body.files
  expect([seen.width, seen.crop, seen.original]).toEqual([300, undefined, undefined])
  for (const climb of ['author/uncut.webp', 'full/../author/uncut.webp', 'full/uncut.webp'])
    expect((await t.bytesOf(seen.renditions.full.url.replace('full/full.webp', climb), t.bob)).status).not.toBe(200)
  expect((await t.bytesOf(`/api/files/${t.id}/original`, t.bob)).status).toBe(404)
})

test('a change while the photo is processed is not lost, and there is never a second job', async () => {
  using t = await withFile()
  const { image } = t.app.mediaWorker
  const edits: object[] = []
  const slow: typeof image = async (task, asking) => {
    edits.push(task.edit ?? {})
    const made = await image(task)
    if (edits.length === 1) await t.change({ crop: CROP })
    if (edits.length === 2) await t.change({ crop: null, turn: 180 })
    asking?.signal?.throwIfAborted()
    return made
  }
  Object.assign(t.app, { mediaWorker: { ...t.app.mediaWorker, image: slow, stop: t.app.mediaWorker.stop } })
  await t.runJobs()
  expect(edits).toEqual([{}, { crop: CROP }, { turn: 180 }])
  expect(await t.file()).toMatchObject({ status: 'ready', crop: null, turn: 180, width: 1800 })
  expect(t.stored()).toEqual([
    'author/uncut.webp',
    'full/feed.webp',
    'full/full.webp',
    'full/thumb.webp',
    'preview/blurred.webp',
  ])
})

test('what cannot be is refused, and a change that turns out to be impossible can be taken back', async () => {
  using t = await withFile()
  // nobody knows yet how large the photo is
  expect((await t.change({ crop: { ...CROP, x: 1700 } })).status).toBe(200)
  await t.runJobs()
  expect(await t.file()).toMatchObject({ status: 'failed', error: { code: 'outside' } })
  await t.change({ crop: null })
  await t.runJobs()
  expect((await t.file()).status).toBe('ready')
  const wrong: [object, string][] = [
    [{ crop: { ...CROP, x: 1700 } }, 'crop'],
    [{ crop: { ...CROP, width: 3 } }, 'crop.width'],
    [{ crop: { ...CROP, x: 0.5 } }, 'crop.x'],
    [{ turn: 45 }, 'turn'],
    [{ trim: { start: 0, end: 1 } }, 'trim'],
    [{ trim: { start: 1, end: 1 } }, 'trim'],
    [{ cover: 0 }, 'cover'],
  ]
  for (const [patch, path] of wrong) {
    const { status, body } = await t.change(patch)
    expect([status, body.errors.map((each: { path: string }) => each.path)]).toEqual([422, [path]])
  }
  expect(await t.change({ turn: 90 }, t.bob)).toEqual(problem(404, 'not_found'))
  expect((await t.file()).status).toBe('ready')
})

test('a published photo stays as it is, and one that waits for its time can be changed', async () => {
  using t = await withFile()
  await t.runJobs()
  const post = await t.post(t.ann, { fileIds: [t.id], publishAt: '2026-01-01T12:00:00Z' })
  const page = async () => (await t.request(`/posts/${post.id}/edit`, { browser: t.ann })).text()
  expect(await page()).toContain(`href="/files/${t.id}/edit"`)
  await t.change({ turn: 90 })
  await t.api(t.ann, `PATCH /posts/${post.id}`, { publishAt: null })
  expect((await t.api(t.bob, `GET /posts/${post.id}`)).status).toBe(404)
  await t.runJobs()
  expect((await t.api(t.bob, `GET /posts/${post.id}`)).body.files[0]).toMatchObject({ width: 1200, height: 1800 })
  expect(await page()).not.toContain('/edit" data-edit')
  expect(await t.change({ turn: 180 })).toEqual(problem(409, 'already_published'))
  expect((await t.change({ turn: 90, altText: 'A wall' })).body).toMatchObject({ altText: 'A wall', status: 'ready' })
})
