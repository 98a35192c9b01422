import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { codeOf, develop } from '../../../test/develop'
import { jxl, jxlHeader } from '../../../test/jxl-files'
import { cornersOff, glass, photo } from '../../../test/photos'
import { sniff } from '../sniff'

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
