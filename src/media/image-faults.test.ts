import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { codeOf, develop } from '../../test/develop'
import { codedIn, tiledFile } from '../../test/heif-files'
import { bomb, cornersOff, editorsTiff, fixture, manyFrames, photo } from '../../test/photos'

const size = ({ width, height }: { width: number; height: number }) => `${width}x${height}`

test('a photo of 50 megapixels is accepted, and one of more than 100 is refused', async () => {
  const huge = sharp({ create: { width: 8640, height: 5760, channels: 3, background: '#a06040' } })
  const { width, renditions } = await develop(await huge.jpeg().toBuffer())
  expect([width, size(renditions.full)]).toEqual([8640, '2560x1707'])
  expect(await codeOf(bomb())).toBe('too_many_pixels')
  expect(await codeOf(bomb(10_001, 10_000))).toBe('too_many_pixels')
  expect(await codeOf(bomb(10_000, 10_000))).toBe('unreadable') // within the limit, but it contains no pixels
})

test('a photo of many tiles is accepted up to the same number of pixels', async () => {
  const avif = codedIn(await photo({ width: 64, height: 64 }).avif({ effort: 0 }).toBuffer())
  const heic = codedIn(Buffer.from(await fixture('upright-p3.heic')))
  expect(size(await develop(tiledFile(avif, 17, 16)))).toBe('1088x1024')
  expect(size(await develop(tiledFile(heic, 40, 26)))).toBe('5120x2496')
  expect(await codeOf(tiledFile({ ...avif, width: 640, height: 640 }, 17, 16))).toBe('too_many_pixels')
  expect(await codeOf(tiledFile({ ...heic, width: 640, height: 640 }, 17, 16))).toBe('too_many_pixels')
})

test('all frames of an animation count', async () => {
  expect(await codeOf(manyFrames(1000))).toBe('fine')
  expect(await codeOf(manyFrames(1001))).toBe('too_many_frames')
})

test('a truncated file is refused, wherever it was cut', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const grain = sharp({ create: { width: 300, height: 200, channels: 3, background: '#777', noise } })
  const files = {
    jpeg: await grain.clone().jpeg().toBuffer(),
    'progressive jpeg': await grain.clone().jpeg({ progressive: true }).toBuffer(),
    png: await grain.clone().png().toBuffer(),
    webp: await grain.clone().webp().toBuffer(),
    gif: await grain.clone().gif().toBuffer(),
    avif: await grain.clone().avif({ effort: 0 }).toBuffer(),
    tiff: await grain.clone().tiff({ compression: 'lzw' }).toBuffer(),
    'tiff, directory first': await editorsTiff(),
    heic: Buffer.from(await fixture('upright-p3.heic')),
  }
  for (const [name, whole] of Object.entries(files)) {
    for (const part of [0.1, 0.5, 0.9, 0.99])
      expect([name, part, await codeOf(whole.subarray(0, whole.length * part))]).toEqual([name, part, 'unreadable'])
    expect([name, await codeOf(whole)]).toEqual([name, 'fine'])
  }
})

test('a photo with small faults is accepted', async () => {
  const whole = await photo({ width: 640, height: 480 }).jpeg().toBuffer()
  const withoutEnd = whole.subarray(0, -2)
  const withMoreBehind = Buffer.concat([whole, Buffer.from('what some phones put behind')])
  const strayBytes = Buffer.concat([
    whole.subarray(0, whole.indexOf('\xff\xda', 0, 'latin1')),
    Buffer.alloc(5),
    whole.subarray(whole.indexOf('\xff\xda', 0, 'latin1')),
  ])
  const badProfile = await photo().withIccProfile('p3').jpeg().toBuffer()
  badProfile.fill(0x55, badProfile.indexOf('ICC_PROFILE') + 60, badProfile.indexOf('ICC_PROFILE') + 200)
  for (const file of [withoutEnd, withMoreBehind, strayBytes, badProfile])
    expect(await cornersOff((await develop(file)).files.full)).toBeLessThan(40)
})

test('a file that is not a photo is refused, whatever it claims to be', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  for (const text of [
    '',
    'GIF',
    'hello, I am a .jpg',
    svg,
    `<?xml version="1.0"?>${svg}`,
    '%PDF-1.4',
    'P6 1 1 255 abc',
  ])
    expect([text, await codeOf(Buffer.from(text))]).toEqual([text, 'unsupported'])
  for (const garbage of [
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
    Buffer.from('GIF89a, not'),
    Buffer.from('II*\0svg'),
  ])
    expect(await codeOf(garbage)).toBe('unreadable')
})

test('only the allowed decoders may run', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await expect(sharp(svg).png().toBuffer()).rejects.toThrow()
})
