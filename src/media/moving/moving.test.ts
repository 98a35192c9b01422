import { expect, test } from 'bun:test'
import sharp, { type Sharp } from 'sharp'
import { codeOf, develop } from '../../../test/develop'
import { codedIn, sequenceOf } from '../../../test/heif-files'
import { apng, type Frame, movingAvif } from '../../../test/moving-files'
import { boxesOf } from '../../../test/mp4-boxes'
import { CORNERS, cornersOff, fixture, photo } from '../../../test/photos'

const WIDTH = 120
const HEIGHT = 80

const plain = (colour: number[], alpha = 1, width = WIDTH, height = HEIGHT) => {
  const [r, g, b] = colour as [number, number, number]
  return sharp({ create: { width, height, channels: 4, background: { r, g, b, alpha } } })
}

const png = (picture: Sharp) => picture.ensureAlpha().png({ palette: false }).toBuffer()
const [RED, GREEN, BLUE, YELLOW] = CORNERS as number[][] as [number[], number[], number[], number[]]
const page = (file: Uint8Array, n: number) => sharp(file, { page: n }).png().toBuffer()

test('an animated PNG keeps moving, with its times and its repetitions', async () => {
  const frames = [
    { png: await png(photo()), delay: [1, 20] as [number, number] },
    { png: await png(plain(RED)), delay: [3, 0] as [number, number] },
  ]
  const { files, animated, width, height, renditions } = await develop(apng(frames, 3))
  expect([animated, width, height, renditions.feed.sameAs]).toEqual([true, WIDTH, HEIGHT, 'full'])
  const { pages, delay, loop } = await sharp(files.full).metadata()
  expect({ pages, delay, loop }).toEqual({ pages: 2, delay: [50, 30], loop: 3 })
  expect(await cornersOff(await page(files.full, 0))).toBeLessThan(20)
  expect(await cornersOff(await page(files.full, 1), Array(4).fill(RED))).toBeLessThan(20)
  expect((await sharp(files.thumb).metadata()).pages).toBeUndefined()
  expect(await cornersOff(files.thumb)).toBeLessThan(20)
})

test('frames of an animated PNG are put together as it says', async () => {
  const quarter = (colour: number[], alpha = 1) => png(plain(colour, alpha, WIDTH / 2, HEIGHT / 2))
  const at = { x: WIDTH / 2, y: HEIGHT / 2 }
  const frames: Frame[] = [
    { png: await png(plain(RED)) },
    { png: await quarter(GREEN), ...at }, // stays
    { png: await quarter(BLUE), disposal: 1 }, // is cleared afterwards
    { png: await quarter(YELLOW, 0.5), ...at, isOver: true, disposal: 2 }, // goes over green, and green returns
    { png: await quarter(BLUE), x: WIDTH / 2 },
  ]
  const { files } = await develop(apng(frames))
  const mixed = YELLOW.map((value, i) => (value + GREEN[i]!) / 2)
  const opaque = (colour: number[]) => [...colour, 255]
  const corners = async (n: number) => {
    const { data, info } = await sharp(files.full, { page: n })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return [0, 1, 2, 3].map((i) => {
      const start = ((i < 2 ? 20 : 60) * info.width + (i % 2 ? 90 : 30)) * 4
      return [...data.subarray(start, start + 4)]
    })
  }
  const expected = [
    [RED, RED, RED, RED].map(opaque),
    [RED, RED, RED, GREEN].map(opaque),
    [BLUE, RED, RED, GREEN].map(opaque),
    [null, RED, RED, mixed].map((colour) => (colour ? opaque(colour) : null)),
    [null, BLUE, RED, GREEN].map((colour) => (colour ? opaque(colour) : null)),
  ]
  for (const [n, colours] of expected.entries())
    for (const [i, found] of (await corners(n)).entries()) {
      const wanted = colours[i]
      const off = wanted ? Math.max(...wanted.map((value, k) => Math.abs(value - found[k]!))) : found[3]!
      expect([n, i, off < 25 || found]).toEqual([n, i, true])
    }
})

test('a picture for other viewers is no frame of an animated PNG, and a damaged animation becomes a still', async () => {
  const frames = [{ png: await png(plain(GREEN)) }, { png: await png(plain(BLUE)) }]
  const hidden = await develop(apng(frames, 0, await png(plain(RED))))
  expect([hidden.animated, (await sharp(hidden.files.full).metadata()).pages]).toEqual([true, 2])
  expect(await cornersOff(hidden.files.thumb, Array(4).fill(GREEN))).toBeLessThan(20)
  const outside = await develop(apng([frames[0]!, { ...frames[1]!, x: 1 }]))
  expect(outside.animated).toBe(false)
  expect(await cornersOff(outside.files.full, Array(4).fill(GREEN))).toBeLessThan(20)
})

test('an animated PNG counts with all of its frames', async () => {
  const tiny = await png(plain(RED, 1, 1, 1))
  expect(await codeOf(apng(Array(1001).fill({ png: tiny })))).toBe('too_many_frames')
})

test('an animation of which a frame stays for hours, or that plays a million times, is shown nevertheless', async () => {
  const frames = [{ png: await png(photo()), delay: [0xffff, 1] as [number, number] }, { png: await png(plain(RED)) }]
  const { files, animated } = await develop(apng(frames, 1_000_000), { turn: 90 })
  const { delay, loop } = await sharp(files.full).metadata()
  expect({ animated, delay, loop }).toEqual({ animated: true, delay: [65_535, 100], loop: 0 })
})

test('a moving AVIF keeps moving, without a still picture besides', async () => {
  const file = await movingAvif([photo(), plain(RED), plain(BLUE)])
  expect(boxesOf(file).map(({ kind }) => kind)).not.toContain('meta')
  const { files, animated } = await develop(file)
  const { pages, delay, loop } = await sharp(files.full).metadata()
  expect({ animated, pages, delay, loop }).toEqual({ animated: true, pages: 3, delay: [100, 100, 100], loop: 0 })
  expect(await cornersOff(await page(files.full, 0))).toBeLessThan(20)
  expect(await cornersOff(await page(files.full, 2), Array(4).fill(BLUE))).toBeLessThan(20)
  const single = await develop(await movingAvif([photo()]))
  expect([single.animated, (await cornersOff(single.files.full)) < 20]).toEqual([false, true])
})

test('of a moving AVIF that is too much work, the first picture is shown, and its owner is told', async () => {
  const frame = codedIn(await photo().avif({ quality: 90, effort: 0 }).toBuffer())
  const { animated, files, note } = await develop(sequenceOf(Array(900).fill(frame), { isChain: true }))
  expect([animated, note]).toEqual([false, { code: 'first_frame', values: {} }])
  expect(await cornersOff(files.full)).toBeLessThan(20)
})

test('of a HEIC sequence without a still picture, the first one is shown', async () => {
  const frame = codedIn(Buffer.from(await fixture('upright-p3.heic')))
  const file = sequenceOf([frame, frame])
  expect(boxesOf(file).map(({ kind }) => kind)).not.toContain('meta')
  const { width, height, animated, files } = await develop(file)
  expect([width, height, animated]).toEqual([128, 96, false])
  // the colours are those of Display P3, which the track does not say
  expect(await cornersOff(await sharp(files.full).png().toBuffer())).toBeLessThan(60)
})
