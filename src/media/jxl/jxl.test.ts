import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { codeOf, develop } from '../../../test/develop'
import { jxl, jxlHeader, movingJxlHeader } from '../../../test/jxl-files'
import { box } from '../../../test/mp4-boxes'
import { CORNERS, cornersOff, FRAME_DELAYS, fixture, glass, photo } from '../../../test/photos'
import { sniff } from '../sniff'
import { ticksPerSecond } from './ticks'

test('a JPEG XL photo is shown with the right colours, and with what one can see through', async () => {
  const bytes = await jxl(photo())
  expect(sniff(bytes)).toEqual({ type: 'image/jxl', kind: 'image' })
  const { width, height, files } = await develop(bytes, { turn: 180 })
  expect([width, height]).toEqual([120, 80])
  const back = await sharp(files.full).rotate(180).png().toBuffer()
  expect(await cornersOff(back)).toBeLessThan(25)
  const clear = await develop(await jxl(glass()))
  const { channels } = await sharp(clear.files.full).stats()
  expect(Math.abs(channels[3]!.mean - 127)).toBeLessThan(3)
})

test('a JPEG XL file that is cut off or too large is refused, the latter by its header alone', async () => {
  const bytes = await jxl(photo())
  expect(await codeOf(bytes.subarray(0, bytes.length - 40))).toBe('unreadable')
  expect(await codeOf(jxlHeader(20_000))).toBe('too_many_pixels')
  expect(await codeOf(jxlHeader(1_000))).toBe('unreadable')
})

// the animation of `photos.ts` as a GIF, converted by the reference encoder (cjxl 0.7.0), as were nine green frames of 2400 × 2000 pixels
const moving = await fixture('moving.jxl')

test('a moving JPEG XL keeps moving, with its times, and can be turned', async () => {
  const { files, animated, width, height } = await develop(moving, { turn: 180 })
  expect([animated, width, height]).toEqual([true, 120, 80])
  const { pages, delay, loop } = await sharp(files.full).metadata()
  expect({ pages, delay, loop }).toEqual({ pages: 3, delay: FRAME_DELAYS, loop: 0 })
  const page = (n: number) => sharp(files.full, { page: n }).rotate(180).png().toBuffer()
  expect(await cornersOff(await page(0))).toBeLessThan(25)
  expect(await cornersOff(await page(2), Array(4).fill(CORNERS[1]))).toBeLessThan(25)
  expect((await sharp(files.thumb).metadata()).pages).toBeUndefined()
})

test('a moving JPEG XL of which a part is missing is refused', async () => {
  expect(await codeOf(moving.subarray(0, moving.length - 10))).toBe('unreadable')
})

test('of a moving JPEG XL that is too much work, the first frame is shown, and its owner is told', async () => {
  const { animated, width, height, note } = await develop(await fixture('large-moving.jxl'))
  expect([animated, width, height, note]).toEqual([false, 2400, 2000, { code: 'first_frame', values: {} }])
})

test('the ticks of a moving JPEG XL are found behind everything that a header may contain', async () => {
  expect(ticksPerSecond(moving)).toBe(100)
  expect(ticksPerSecond(movingJxlHeader(90_000))).toBe(90_000)
  expect(ticksPerSecond(await jxl(photo()))).toBeNull()
  const start = box('JXL ', Buffer.from('\r\n\x87\n', 'latin1'))
  const parts = [movingJxlHeader(24).subarray(0, 9), movingJxlHeader(24).subarray(9)]
  const boxes = parts.map((part, i) => box('jxlp', Buffer.of(i === 1 ? 0x80 : 0, 0, 0, i), part))
  expect(ticksPerSecond(Buffer.concat([start, box('jxlc', movingJxlHeader(24))]))).toBe(24)
  expect(ticksPerSecond(Buffer.concat([start, ...boxes]))).toBe(24)
  expect(ticksPerSecond(start)).toBeNull()
})
