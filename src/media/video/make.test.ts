import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { type Clip, makeClips, PLANTED } from '../../../test/clips'
import { partOf } from '../../../test/part'
import { cornersOff } from '../../../test/photos'
import { BadMedia } from '../errors'
import { embeddedEngine } from '../ffmpeg/embedded'
import type { Ffmpeg } from '../ffmpeg/engine'
import { installedFfmpeg } from '../ffmpeg/find'
import { nativeEngine, whatIsMissing } from '../ffmpeg/native'
import { sha256Of } from '../hash'
import { renditionFile, VIDEO_RENDITIONS, type VideoRendition } from '../renditions'
import { makeVideo } from './make'
import { probe } from './probe'

const dir = mkdtempSync(join(tmpdir(), 'pinhole-video-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const clips = await makeClips()
const FIXTURES = ['hlg-turned.mov', 'pq.mp4', 'amr.3gp', 'av1.mp4', 'vp9.webm'] as const
type Name = Clip | (typeof FIXTURES)[number]
const isFixture = (name: Name): name is (typeof FIXTURES)[number] => FIXTURES.includes(name as never)
const pathOf = (name: Name) => (isFixture(name) ? join(import.meta.dir, '../../../test/fixtures', name) : clips(name))

const installed = installedFfmpeg(process.env.PATH ?? '')
const native = installed !== 'embedded' && !whatIsMissing(installed) ? installed : null
if (!native)
  console.log('There is no ffmpeg with libx264 and aac on PATH: the tests of the native engine are left out.')

async function develop(path: string, ffmpeg: Ffmpeg) {
  const output = mkdtempSync(join(dir, 'out-'))
  const progress: number[] = []
  const made = await makeVideo({ input: path, output, ffmpeg }, (done) => progress.push(done))
  const read = async (name: VideoRendition) =>
    [name, await Bun.file(join(output, renditionFile(name))).bytes()] as const
  const files = Object.fromEntries(await Promise.all(VIDEO_RENDITIONS.map(read))) as Record<VideoRendition, Uint8Array>
  const engine = ffmpeg === 'embedded' ? embeddedEngine(dir, 0) : nativeEngine(ffmpeg)
  const mp4 = await probe(engine, join(output, renditionFile('mp4')))
  return { ...made, files, progress, mp4, left: readdirSync(output).sort() }
}

const refusal = (path: string, ffmpeg: Ffmpeg) =>
  develop(path, ffmpeg).then(
    () => 'fine',
    (error) => (error instanceof BadMedia ? error.code : error),
  )

/**
 * The results that both engines must have: the size of the original after rotation, and the MP4's size and frame rate.
 */
const EXPECTED: [Name, size: [number, number], mp4: [number, number], frames: number, hasSound: boolean][] = [
  ['phone.mp4', [160, 120], [160, 120], 20, true],
  ['old.mov', [160, 120], [160, 120], 20, true],
  ['vp9.webm', [160, 120], [160, 120], 20, true],
  ['film.mkv', [160, 120], [160, 120], 20, true],
  ['camera.avi', [160, 120], [160, 120], 20, true],
  ['tape.ts', [160, 120], [160, 120], 25, true],
  ['silent-odd.mp4', [161, 121], [160, 120], 20, false],
  ['wide.mp4', [2400, 60], [1920, 48], 20, false],
  ['fast.mp4', [160, 120], [160, 120], 60, false],
  ['squeezed.mp4', [160, 120], [160, 120], 20, false],
  ['amr.3gp', [176, 144], [176, 144], 15, true],
  ['hlg-turned.mov', [240, 320], [240, 320], 10, true],
]
/** The embedded engine takes seconds per video, so only the kinds that differ in it are tried. */
const TRIED_EMBEDDED: Name[] = partOf(['phone.mp4', 'old.mov', 'vp9.webm', 'wide.mp4', 'amr.3gp', 'hlg-turned.mov'], 5)

const made = new Map<string, Awaited<ReturnType<typeof develop>>>()

async function check(
  ffmpeg: Ffmpeg,
  [name, [width, height], [mp4Width, mp4Height], frames, hasSound]: (typeof EXPECTED)[number],
) {
  const bytes = await Bun.file(pathOf(name)).bytes()
  const result = await develop(pathOf(name), ffmpeg)
  made.set(`${ffmpeg === 'embedded' ? 'embedded' : 'native'} ${name}`, result)
  const { mp4, renditions, files } = result
  expect({ width: result.width, height: result.height, sha256: result.sha256 }).toEqual({
    width,
    height,
    sha256: sha256Of(bytes),
  })
  expect(Math.abs(result.duration - 1)).toBeLessThan(0.1)
  expect(mp4.picture).toMatchObject({
    codec: 'h264',
    pixelFormat: 'yuv420p',
    width: mp4Width,
    height: mp4Height,
    hasSquarePixels: true,
  })
  expect(Math.abs(mp4.picture.mostFrames - frames)).toBeLessThan(0.1)
  expect(mp4.sound?.codec).toBe(hasSound ? 'aac' : undefined)
  for (const rendition of VIDEO_RENDITIONS)
    expect(renditions[rendition]).toMatchObject({ bytes: files[rendition].length, sha256: sha256Of(files[rendition]) })
  for (const rendition of ['poster', 'thumb', 'blurred'] as const) {
    const { format, ...size } = await sharp(files[rendition]).metadata()
    expect([format, size.width, size.height]).toEqual([
      'webp',
      renditions[rendition].width,
      renditions[rendition].height,
    ])
  }
  expect([renditions.mp4.type, renditions.poster.type]).toEqual(['video/mp4', 'image/webp'])
  expect(Math.max(renditions.blurred.width, renditions.blurred.height)).toBeLessThanOrEqual(32)
  expect(result.placeholder.length).toBeLessThanOrEqual(1000)
  expect(result.left).toEqual(['full', 'preview'])
  expect(result.progress).toEqual(result.progress.toSorted((a, b) => a - b))
  expect([result.progress[0], result.progress.at(-1)]).toEqual([0.02, 1])
  const text = Buffer.from(files.mp4).toString('latin1')
  expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'))
  expect(PLANTED.filter((word) => text.includes(word))).toEqual([])
}

const tried = new Set([...partOf(EXPECTED, 2), ...EXPECTED.filter(([name]) => TRIED_EMBEDDED.includes(name))])

for (const expected of tried) {
  test.skipIf(!native)(`${expected[0]} by an installed ffmpeg`, () => check(native!, expected))
  if (TRIED_EMBEDDED.includes(expected[0]))
    test(`${expected[0]} with the embedded ffmpeg`, () => check('embedded', expected))
}

test('the originals really contain the planted metadata', async () => {
  const text = Buffer.from(await Bun.file(clips('phone.mp4')).bytes()).toString('latin1')
  expect(PLANTED.filter((word) => !text.includes(word))).toEqual([])
})

test.skipIf(!native)('both engines make the same', async () => {
  for (const name of TRIED_EMBEDDED) {
    const [one, other] = [made.get(`native ${name}`)!, made.get(`embedded ${name}`)!]
    expect([name, one.duration]).toEqual([name, other.duration])
    // the difference is below 5 of 255
    expect([name, await difference(one.files.poster, other.files.poster)]).toEqual([name, expect.closeTo(0, -1)])
  }
})

/** Returns the average difference between the pixels of two pictures, of 255. */
async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((picture) => sharp(picture).raw().toBuffer()))
  return a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length
}

test('high dynamic range is converted to the original colours, after rotation', async () => {
  const hlg = made.get('embedded hlg-turned.mov')!
  expect(await cornersOff(hlg.files.poster)).toBeLessThan(25)
  expect(hlg.mp4.picture).toMatchObject({ isHdr: false, isWideGamut: false })
  const pq = await develop(pathOf('pq.mp4'), native ?? 'embedded')
  expect(await cornersOff(pq.files.poster)).toBeLessThan(25)
})

test.skipIf(!native)('a video that begins in black is not shown as black', async () => {
  const { files } = await develop(clips('dark-start.mp4'), native!)
  expect((await sharp(files.poster).greyscale().stats()).channels[0]!.mean).toBeGreaterThan(40)
})

test.skipIf(!native)('frames that came when they liked come evenly, and as long', async () => {
  const { mp4, duration } = await develop(clips('uneven.mp4'), native!)
  expect(mp4.picture.mostFrames).toBeLessThanOrEqual(60)
  expect(Math.abs(duration - 1)).toBeLessThan(0.15)
})

test('an installed ffmpeg reads AV1, and the embedded one reports that it cannot', async () => {
  expect(await refusal(pathOf('av1.mp4'), 'embedded')).toBe('codec')
  if (native) expect(await refusal(pathOf('av1.mp4'), native)).toBe('fine')
})

const hostile = async () => {
  const mp4 = Buffer.from(await Bun.file(clips('phone.mp4')).bytes())
  const secret = join(dir, 'secret.ts')
  await Bun.write(secret, Bun.file(clips('tape.ts')))
  const sparse = join(dir, 'sparse.mp4')
  await Bun.write(sparse, mp4.subarray(0, 32))
  truncateSync(sparse, 200e6)
  const save = async (name: string, bytes: string | Uint8Array) => {
    await Bun.write(join(dir, name), bytes)
    return join(dir, name)
  }
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:${secret}\n#EXT-X-ENDLIST\n`
  const moov = mp4.indexOf('moov') - 4
  return {
    unsupported: [
      await save('empty.mp4', ''),
      await save('playlist.mp4', playlist),
      await save('script.mp4', `ffconcat version 1.0\nfile ${secret}\n`),
      await save(
        'photo.mp4',
        await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .jpeg()
          .toBuffer(),
      ),
    ],
    unreadable: [
      await save('no-moov.mp4', mp4.subarray(0, moov)),
      await save('head.mp4', mp4.subarray(0, 40)),
      await save('disguised.mp4', Buffer.concat([mp4.subarray(0, 32), Buffer.from(playlist)])),
      await save(
        'noise.mkv',
        Buffer.concat([Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', 'latin1'), Buffer.alloc(5000, 'noise')]),
      ),
      sparse,
    ],
    no_picture: [clips('sound.mp4')],
  }
}

for (const ffmpeg of [native, 'embedded' as const])
  test.skipIf(!ffmpeg)(
    `what is no video, or no whole one, is refused with a reason (${ffmpeg === 'embedded' ? 'our own' : 'installed'})`,
    async () => {
      for (const [code, paths] of Object.entries(await hostile()))
        for (const path of paths) expect([path, await refusal(path, ffmpeg!)]).toEqual([path, code])
    },
  )

test('the content of a file matters, not its name', async () => {
  const path = join(dir, 'holiday.txt')
  await Bun.write(path, Bun.file(clips('phone.mp4')))
  expect((await develop(path, native ?? 'embedded')).type).toBe('video/mp4')
})

test('a truncated video is refused', async () => {
  const path = join(dir, 'cut.mp4')
  const { files } = made.get('embedded phone.mp4')! // the index comes first, so half of the file still has a length
  await Bun.write(path, files.mp4.subarray(0, files.mp4.length / 3))
  expect(await refusal(path, native ?? 'embedded')).toBe('unreadable')
})
