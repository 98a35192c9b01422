import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { downloadZip } from 'client-zip'
import sharp from 'sharp'
import { type Somebody, type TestApp, testApp } from '../../test/harness'
import { rebuildInboxes } from '../inbox/rebuild'
import { openFolder } from './folder'
import { findInstagram } from './instagram'
import { findPictures } from './pictures'
import { type ImportOptions, importPosts } from './run'
import { openZip } from './zip'

let t: TestApp
let dir: string
let ann: Somebody
let bob: Somebody
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-import-'))
  t = await testApp()
  ann = await t.user('ann')
  bob = await t.user('bob')
  await t.api(bob, 'PUT /follows/ann')
  await t.runJobs()
})
afterEach(() => {
  t[Symbol.dispose]()
  rmSync(dir, { recursive: true })
})

const picture = (red: number, format: 'jpeg' | 'webp' = 'jpeg') =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 60, b: 90 } } })
    .toFormat(format)
    .toBuffer()

async function put(path: string, content: string | Uint8Array | object) {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  const isBytes = typeof content === 'string' || content instanceof Uint8Array
  await Bun.write(join(dir, path), isBytes ? content : JSON.stringify(content))
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/** An export as Instagram writes it, below a folder. */
async function writeExport(root: string, activity = 'your_instagram_activity/media') {
  await put(`${root}${activity}/posts_1.json`, [
    {
      media: [{ uri: 'media/posts/201905/one.jpg', creation_timestamp: 1556956800, title: latin1('첫 사진 🎞️ @bob') }],
    },
    {
      title: latin1('Two of them'),
      creation_timestamp: 1577880000,
      media: [
        { uri: 'media/posts/202001/two.jpg', creation_timestamp: 1577880000, title: '' },
        { uri: 'media/posts/202001/three.webp', creation_timestamp: 1577880000, title: '' },
      ],
    },
    { media: [{ uri: 'media/posts/202001/lost.jpg', creation_timestamp: 1577880001, title: '' }] },
    { media: [{ uri: 'media/posts/202001/broken.jpg', creation_timestamp: 1577880002, title: '' }] },
  ])
  await put(`${root}${activity}/stories.json`, {
    ig_stories: [{ uri: 'media/stories/s.jpg', creation_timestamp: 1577880003, title: '' }],
  })
  await put(`${root}media/posts/201905/one.jpg`, await picture(10))
  await put(`${root}media/posts/202001/two.jpg`, await picture(20))
  await put(`${root}media/posts/202001/three.webp`, await picture(30, 'webp'))
  await put(`${root}media/posts/202001/broken.jpg`, (await picture(40)).subarray(0, 200))
  await put(`${root}media/stories/s.jpg`, await picture(50))
}

const plain = (): ImportOptions => ({
  dryRun: false,
  visibility: 'everyone',
  price: 0,
  signal: new AbortController().signal,
  progress: () => {},
})
const bring = async (path = '', options: Partial<ImportOptions> = {}, stories = false) => {
  const { posts } = await findInstagram(openFolder(join(dir, path)), { stories })
  return importPosts(t.app, ann, posts, { ...plain(), ...options })
}
const postsOf = async (as = ann) => (await t.api(as, 'GET /users/ann/posts')).body.items

test('posts of an Instagram export come with caption and time, and what cannot be read is named', async () => {
  await writeExport('instagram-ann/')
  const found = await findInstagram(openFolder(dir), { stories: false })
  expect(found.troubles).toEqual([
    { path: 'media/posts/202001/lost.jpg', reason: expect.stringContaining('does not contain it') },
  ])
  const done = await bring()
  expect(done).toMatchObject({ posts: 2, files: 3, known: 0 })
  expect(done.troubles).toEqual([
    { path: 'instagram-ann/media/posts/202001/broken.jpg', reason: expect.stringContaining('damaged') },
  ])
  expect(await postsOf()).toMatchObject([
    {
      caption: 'Two of them',
      publishedAt: '2020-01-01T12:00:00.000Z',
      files: [{ status: 'ready' }, { status: 'ready' }],
    },
    { caption: '첫 사진 🎞️ @bob', publishedAt: '2019-05-04T08:00:00.000Z' },
  ])
  expect((await t.api(ann, 'GET /users/ann')).body.posts).toBe(2)
  expect((await t.api(ann, 'GET /files')).body.items).toHaveLength(3) // nothing is left of the broken one
}, 60_000)

test('an import is no news: no inbox, no notification, not even after the inboxes are rebuilt', async () => {
  await writeExport('')
  await bring('', {}, true)
  await t.runJobs()
  for (const rebuilt of [false, true]) {
    if (rebuilt) await rebuildInboxes(t.app)
    expect((await t.api(bob, 'GET /inbox')).body).toMatchObject({ items: [], unread: 0 })
    expect((await t.api(bob, 'GET /notifications')).body.items).toEqual([])
  }
  expect((await t.api(ann, 'GET /notifications')).body.items.map(({ kind }: { kind: string }) => kind)).toEqual([
    'follow',
  ])
  t.pass(1000)
  const eve = await t.user('eve')
  await t.api(eve, 'PUT /follows/ann')
  await t.runJobs()
  expect((await t.api(eve, 'GET /inbox')).body).toMatchObject({ items: { length: 3 }, unread: 0 })
  expect(await rebuildInboxes(t.app)).toMatchObject({ added: 0, removed: 0 })
}, 60_000)

test('a second import brings nothing twice, in whatever layout, and nothing that its owner deleted', async () => {
  await writeExport('new/')
  expect(await bring('new')).toMatchObject({ posts: 2 })
  const [first] = await postsOf()
  await t.api(ann, `DELETE /posts/${first.id}`)
  await t.runJobs()
  await writeExport('old/', 'content')
  expect(await bring('old')).toMatchObject({ posts: 0, known: 2 })
  expect(await postsOf()).toHaveLength(1)
  t.pass(Date.now() - +t.app.now() + 1000) // the pictures have no time but that of their files
  const { posts } = await findPictures(openFolder(join(dir, 'new')), { timeZone: 'UTC' }) // the same bytes, as pictures
  const again = await importPosts(t.app, ann, posts, plain())
  expect(again.posts).toBe(3) // both files of the deleted post, and the story
}, 60_000)

test('an import that was interrupted goes on with the files that it has stored', async () => {
  const many = Array.from({ length: 8 }, (_, i) => i)
  const media = (i: number) => [{ uri: `media/${i}.jpg`, creation_timestamp: 1577880000 + i, title: '' }]
  await put(
    'content/posts_1.json',
    many.map((i) => ({ media: media(i) })),
  )
  for (const i of many) await put(`media/${i}.jpg`, await picture(i * 30))
  const stop = new AbortController()
  let stored = 0
  const stopped = await bring('', { signal: stop.signal, stored: () => ++stored === 1 && stop.abort() })
  expect(stopped.posts).toBeLessThan(8)
  expect(await bring()).toMatchObject({ known: stopped.posts })
  expect(await postsOf()).toHaveLength(8)
  expect((await t.api(ann, 'GET /files')).body.items).toHaveLength(8)
}, 60_000)

test('a dry run says the same and changes nothing', async () => {
  await writeExport('')
  expect(await bring('', { dryRun: true })).toMatchObject({ posts: 3, files: 4 }) // the broken one is not decoded
  expect(await postsOf()).toEqual([])
  expect((await t.api(ann, 'GET /files')).body.items).toEqual([])
})

test('visibility and price hold for every post', async () => {
  await writeExport('')
  await bring('', { visibility: 'followers', price: 5 })
  expect((await postsOf())[0]).toMatchObject({ visibility: 'followers', price: 5 })
  expect(await postsOf(await t.user('eve'))).toEqual([])
}, 60_000)

/** A zip with one compressed file. */
function zipped(name: string, content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content)
  const numbers = (...values: [value: number, bytes: number][]) =>
    Buffer.concat(
      values.map(([value, bytes]) => {
        const part = Buffer.alloc(bytes)
        part.writeUIntLE(value, 0, bytes)
        return part
      }),
    )
  const about = numbers([20, 2], [0, 2], [8, 2], [0, 4], [crc32(content), 4], [packed.length, 4], [content.length, 4])
  const local = Buffer.concat([
    numbers([0x04034b50, 4]),
    about,
    numbers([name.length, 2], [0, 2]),
    Buffer.from(name),
    packed,
  ])
  const entry = [numbers([0x02014b50, 4], [20, 2]), about, numbers([name.length, 2], [0, 4], [0, 4], [0, 4], [0, 4])]
  const central = Buffer.concat([...entry.map((part) => part as Uint8Array), Buffer.from(name)])
  const end = numbers([0x06054b50, 4], [0, 4], [1, 2], [1, 2], [central.length, 4], [local.length, 4], [0, 2])
  return Buffer.concat([local, central, end])
}

test('a zip is read without unpacking it, and a name that leads out of it makes all of it suspect', async () => {
  t.pass(Date.now() - +t.app.now() + 1000)
  await Bun.write(join(dir, 'good.zip'), await downloadZip([{ name: 'x/a.jpg', input: await picture(9) }]).blob())
  const { posts } = await findPictures(await openZip(join(dir, 'good.zip')), { timeZone: 'UTC' })
  expect(await importPosts(t.app, ann, posts, plain())).toMatchObject({ posts: 1, troubles: [] })
  for (const name of ['../../escaped.jpg', '/tmp/absolute.jpg']) {
    await Bun.write(join(dir, 'bad.zip'), zipped(name, await picture(8)))
    expect(openZip(join(dir, 'bad.zip'))).rejects.toThrow('leads out of the zip')
  }
  await Bun.write(join(dir, 'no.zip'), 'no zip at all')
  expect(openZip(join(dir, 'no.zip'))).rejects.toThrow('cannot be read as a zip')
}, 60_000)

test('what unpacks to far more than it is, or to more than is allowed, is refused by name', async () => {
  t.pass(Date.now() - +t.app.now() + 1000)
  const bomb = new Uint8Array(30 * 1024 ** 2)
  bomb.set(await picture(9))
  await Bun.write(join(dir, 'bomb.zip'), zipped('bomb.jpg', bomb))
  const { posts } = await findPictures(await openZip(join(dir, 'bomb.zip')), { timeZone: 'UTC' })
  const { troubles } = await importPosts(t.app, ann, posts, plain())
  expect(troubles).toEqual([{ path: 'bomb.jpg', reason: expect.stringContaining('1000 times') }])
})
