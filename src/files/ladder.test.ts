import { afterAll, beforeAll, expect, test } from 'bun:test'
import { makeClips } from '../../test/clips'
import { type As, problem, type Somebody, type TestApp, testApp } from '../../test/harness'
import { auditFiles } from './audit'

const clip = (await makeClips(['qualities.mp4']))('qualities.mp4')

/** One film for the tests that leave it whole, because making its qualities takes long. */
let t: ReturnType<typeof serve>
beforeAll(async () => {
  t = await withFilm()
})
afterAll(() => t[Symbol.dispose]())

const SETTINGS = { PINHOLE_ADAPTIVE_SECONDS: '5', PINHOLE_FFMPEG: 'embedded' }

async function withFilm() {
  const t = await testApp(SETTINGS)
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const body = new FormData()
  body.append('file', Bun.file(clip), 'film.mp4')
  const { id } = await (await t.request('/api/files', { method: 'POST', as: ann, body })).json()
  await t.runJobs()
  return serve(t, { ann, bob, id: id as number })
}

/** The same people and the same film, for a test that changes it. */
const copyOf = async ({ dir, ann, bob, id }: typeof t) => serve(await testApp(SETTINGS, dir), { ann, bob, id })

function serve(t: TestApp, { ann, bob, id }: { ann: Somebody; bob: Somebody; id: number }) {
  const server = t.listen()
  const get = (path: string, as: As | null, headers: object = {}) =>
    fetch(new URL(path, server.url), { headers: { ...(as && { authorization: `Bearer ${as.token}` }), ...headers } })
  const stored = () => [...new Bun.Glob('*/*').scanSync(`${t.dir}/media/${id}`)].sort()
  return {
    ...t,
    ...{ ann, bob, id, get, stored },
    film: async (as: As = ann) => (await t.api(as, `GET /files/${id}`)).body,
    [Symbol.dispose]() {
      void server.stop(true)
      t[Symbol.dispose]()
    },
  }
}

/** Reads a playlist: what it says about itself, its addresses, and the parts of files that it names. */
function read(text: string, url: string) {
  const lines = text.trim().split('\n')
  expect(lines[0]).toBe('#EXTM3U')
  const [, map = '', beginning = 0] = /#EXT-X-MAP:URI="(.+)",BYTERANGE="(\d+)@0"/.exec(text) ?? []
  const parts = [...text.matchAll(/#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(.+)/g)].map(
    ([, seconds, bytes, from, name]) => ({ seconds: Number(seconds), bytes: Number(bytes), from: Number(from), name }),
  )
  const addresses = lines.filter((line) => line && !line.startsWith('#')).map((line) => new URL(line, `http://x${url}`))
  return { map, beginning: Number(beginning), parts, addresses: addresses.map(({ pathname }) => pathname) }
}

test('nothing of the qualities that were made before a trim stays', async () => {
  using copy = await copyOf(t)
  const before = (await copy.film()).renditions
  expect(copy.stored()).toContain('full/360p.mp4')
  await copy.api(copy.ann, `PATCH /files/${copy.id}`, { trim: { start: 2, end: 3 } })
  await copy.runJobs()
  // a second is too short for other qualities
  expect(copy.stored()).toEqual(['full/mp4.mp4', 'full/poster.webp', 'full/thumb.webp', 'preview/blurred.webp'])
  for (const { url } of [before.hls, before.scrub]) expect((await copy.get(url, copy.ann)).status).toBe(410)
})

test('a long video gets smaller qualities, whose segments answer only those who may see the post', async () => {
  const post = (await t.api(t.ann, 'POST /posts', { price: 5, fileIds: [t.id] })).body
  await t.runJobs()
  const film = await t.film()
  expect(film.status).toBe('ready')
  expect(Object.keys(film.renditions).sort()).toEqual(['blurred', 'hls', 'mp4', 'poster', 'scrub', 'thumb'])
  const { hls, scrub } = film.renditions
  expect(hls).toMatchObject({ type: 'application/vnd.apple.mpegurl', width: 640, height: 480 })
  expect(scrub).toMatchObject({ type: 'image/webp', width: 160, height: 120, every: 1 })

  const list = await t.get(hls.url, t.ann)
  expect([list.status, list.headers.get('content-type')]).toEqual([200, 'application/vnd.apple.mpegurl'])
  const text = await list.text()
  expect([...text.matchAll(/RESOLUTION=(\S+?),FRAME-RATE=(\S+)/g)].map(([, ...found]) => found)).toEqual([
    ['480x360', '20.000'],
    ['640x480', '20.000'],
  ])
  expect(text.match(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"/g)).toHaveLength(2)
  const paths = [scrub.url]
  for (const address of read(text, hls.url).addresses) {
    const quality = read(await (await t.get(address, t.ann)).text(), address)
    expect(quality.parts.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(film.duration, 1)
    const media = quality.addresses[0]!
    paths.push(address, media)
    const whole = Buffer.from(await (await t.get(media, t.ann)).arrayBuffer())
    expect(whole.toString('latin1', 4, 8)).toBe('ftyp')
    let until = 0
    for (const { from, bytes } of quality.parts) {
      const part = await t.get(media, t.ann, { range: `bytes=${from}-${from + bytes - 1}` })
      expect([part.status, Number(part.headers.get('content-length'))]).toEqual([206, bytes])
      expect(Buffer.from(await part.arrayBuffer()).toString('latin1', 4, 8)).toBe('moof')
      expect(until === 0 || from === until).toBe(true)
      until = from + bytes
    }
    expect(whole.toString('latin1', until + 4, until + 8)).toBe('mfra') // nothing else follows
    // neither camera nor encoder leaves a word
    expect(['x264', 'Lavf', 'Lavc'].filter((word) => whole.includes(word))).toEqual([])
  }
  for (const path of [hls.url, ...paths])
    for (const nobody of [t.bob, null]) expect((await t.get(path, nobody)).status).toBe(403)
  const [locked] = (await t.api(t.bob, `GET /posts/${post.id}`)).body.files
  expect(Object.keys(locked.renditions)).toEqual(['blurred'])

  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  let kept = 0
  for await (const each of t.app.storage.list()) kept += each.bytes
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(kept)

  await t.api(t.ann, `PATCH /posts/${post.id}`, { visibility: 'followers' })
  for (const path of [hls.url, ...paths]) expect((await t.get(path, t.ann)).status).toBe(410)
  expect((await t.get((await t.film()).renditions.hls.url, t.ann)).status).toBe(200)
})

test('the qualities of videos are dropped and made again, and nothing else is', async () => {
  const boss = await t.user('boss', { role: 'admin' })
  const full = t.stored()
  const { hls, mp4 } = (await t.film()).renditions
  const used = async () => (await t.api(t.ann, 'GET /users/account')).body.storage.used as number
  const before = await used()
  const { body: found } = await t.api(boss, 'GET /admin/copies')
  expect(found).toEqual({ files: 1, bytes: expect.any(Number), making: 0, dropping: 0 })
  for (const call of ['GET /admin/copies', 'DELETE /admin/copies', 'POST /admin/copies'])
    expect((await t.api(t.ann, call)).status).toBe(403)
  expect(await (await t.request('/admin/copies', { browser: boss })).text()).toContain('The copies of 1 video take')

  expect((await t.api(boss, 'DELETE /admin/copies')).status).toBe(204)
  expect(await t.api(boss, 'POST /admin/copies')).toEqual(problem(409, 'in_progress'))
  await t.runJobs()
  expect(t.stored()).toEqual(['full/mp4.mp4', 'full/poster.webp', 'full/thumb.webp', 'preview/blurred.webp'])
  expect(before - (await used())).toBe(found.bytes)
  expect(Object.keys((await t.film()).renditions).sort()).toEqual(['blurred', 'mp4', 'poster', 'thumb'])
  for (const { url } of [hls, mp4]) expect((await t.get(url, t.ann)).status).toBe(410)
  expect((await t.get((await t.film()).renditions.mp4.url, t.ann)).status).toBe(200)
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  expect((await t.api(boss, 'GET /admin/copies')).body).toEqual({ files: 0, bytes: 0, making: 0, dropping: 0 })

  for (let i = 0; i < 2; i++) expect((await t.api(boss, 'POST /admin/copies')).body).toMatchObject({ making: 1 })
  await t.runJobs()
  let kept = 0
  for await (const each of t.app.storage.list()) kept += each.bytes
  expect([t.stored(), await used()]).toEqual([full, kept])
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  expect((await t.api(boss, 'GET /admin/actions')).body.items.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['copies_remade', 'copies_remade'], // also when all of them are being made already
    'copies_dropped',
  ])
})
