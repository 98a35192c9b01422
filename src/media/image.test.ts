import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import {
  animation,
  bomb,
  CORNERS,
  type Colour,
  chunksOf,
  cornersOff,
  editorsTiff,
  FRAME_DELAYS,
  fixture,
  glass,
  manyFrames,
  PLANTED,
  photo,
  tellTale,
} from '../../test/photos'
import { sha256Of } from './hash'
import { makeRenditions } from './image'
import { IMAGE_RENDITIONS, type ImageRendition, renditionFile } from './renditions'

/** The renditions of such a file, and what was told about them. */
async function develop(bytes: Uint8Array) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-image-'))
  try {
    await Bun.write(join(dir, 'original'), bytes)
    const progress: number[] = []
    const result = await makeRenditions({ input: join(dir, 'original'), output: dir }, (done) => progress.push(done))
    const read = async (name: ImageRendition) => [name, await Bun.file(join(dir, renditionFile(name))).bytes()] as const
    const files = Object.fromEntries(await Promise.all(IMAGE_RENDITIONS.map(read))) as Record<
      ImageRendition,
      Uint8Array
    >
    return { ...result, files, progress }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const codeOf = async (bytes: Uint8Array) => {
  try {
    await develop(bytes)
    return 'fine'
  } catch (error) {
    return (error as { code?: string }).code ?? error
  }
}

const size = ({ width, height }: { width: number; height: number }) => `${width}x${height}`

test('a large photo has all its renditions, as large as told, and is told about itself', async () => {
  const bytes = await photo({ width: 3000, height: 2000 }).jpeg().toBuffer()
  const { files, renditions, progress, ...about } = await develop(bytes)
  expect(about).toMatchObject({ width: 3000, height: 2000, type: 'image/jpeg', animated: false })
  expect(about.sha256).toBe(new Bun.CryptoHasher('sha256').update(bytes).digest('hex'))
  const sizes = Object.entries(renditions).map(([name, rendition]) => `${name} ${size(rendition)}`)
  expect(sizes.sort()).toEqual(['blurred 32x21', 'feed 1440x960', 'full 2560x1707', 'thumb 480x320'])
  for (const name of IMAGE_RENDITIONS) {
    const { format, width, height } = await sharp(files[name]).metadata()
    expect({
      type: `image/${format}`,
      width,
      height,
      bytes: files[name].length,
      sha256: sha256Of(files[name]),
    }).toEqual(renditions[name])
    expect(await cornersOff(files[name])).toBeLessThan(name === 'blurred' ? 25 : 6)
  }
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(progress.at(-1)).toBe(1)
})

test('nothing is enlarged, down to a single pixel', async () => {
  for (const [width, height] of [
    [1, 1],
    [300, 20],
    [1000, 700],
  ] as const) {
    const { renditions, ...about } = await develop(await photo({ width, height }).png().toBuffer())
    expect(size(about)).toBe(`${width}x${height}`)
    expect(size(renditions.full)).toBe(`${width}x${height}`)
    expect(renditions.feed).toEqual(renditions.full)
    expect(renditions.thumb.width).toBe(Math.min(480, width))
  }
})

test('a strip of one row stays a strip', async () => {
  const { width, renditions } = await develop(await photo({ width: 50_000, height: 1 }).png().toBuffer())
  expect(width).toBe(50_000)
  expect([size(renditions.full), size(renditions.blurred)]).toEqual(['2560x1', '32x1'])
})

test('every EXIF orientation is turned upright', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const { files, renditions, ...about } = await develop(await photo({ orientation }).jpeg({ quality: 95 }).toBuffer())
    expect([orientation, size(about), size(renditions.full), size(renditions.blurred)]).toEqual([
      orientation,
      '120x80',
      '120x80',
      '30x20',
    ])
    expect(await cornersOff(files.full)).toBeLessThan(8)
    expect(await cornersOff(files.thumb)).toBeLessThan(8)
  }
})

test('every format is read, and its colours arrive as they were', async () => {
  const p3 = () => photo().withIccProfile('p3')
  const deep = () => photo().toColourspace('rgb16')
  const files = {
    png: photo().png(),
    webp: photo().webp({ lossless: true }),
    gif: photo().gif(),
    tiff: photo().tiff({ compression: 'lzw' }),
    avif: photo().avif({ quality: 90, effort: 0 }),
    'progressive jpeg': photo().jpeg({ progressive: true, quality: 95 }),
    'P3 png': p3().png(),
    'P3 jpeg': p3().jpeg({ quality: 95 }),
    'P3 avif': p3().avif({ quality: 90, effort: 0 }),
    '16 bits': deep().png(),
    '16 bits P3': deep().withIccProfile('p3').png(),
    '16 bits P3 tiff': deep().withIccProfile('p3').tiff({ compression: 'none' }),
  }
  for (const [name, file] of Object.entries(files)) {
    const off = await cornersOff((await develop(await file.toBuffer())).files.full)
    expect([name, off < 10 || off]).toEqual([name, true])
  }
  // the colours of P3 would be off by more if they were taken for sRGB
  expect(
    await cornersOff(
      await sharp(await p3().png().toBuffer(), { ignoreIcc: true })
        .png()
        .toBuffer(),
    ),
  ).toBeGreaterThan(12)
})

test('print colours come close, with or without their profile', async () => {
  for (const file of [photo().toColourspace('cmyk'), photo().toColourspace('cmyk').withIccProfile('cmyk')]) {
    const bytes = await file.jpeg({ quality: 95 }).toBuffer()
    expect((await sharp(bytes).metadata()).space).toBe('cmyk')
    expect(await cornersOff((await develop(bytes)).files.full)).toBeLessThan(70) // paper has no such red and blue
  }
})

test('grey stays grey', async () => {
  for (const space of ['b-w', 'grey16']) {
    const bytes = await photo().toColourspace(space).png().toBuffer()
    const corners = CORNERS.map(([r, g, b]) =>
      Array(3).fill((r ** 2.2 * 0.2126 + g ** 2.2 * 0.7152 + b ** 2.2 * 0.0722) ** (1 / 2.2)),
    )
    expect(await cornersOff((await develop(bytes)).files.full, corners)).toBeLessThan(6)
  }
})

test('what is see-through stays so', async () => {
  const halfClear = CORNERS.map((colour) => [...colour, 128])
  for (const file of [glass().png(), glass().avif({ quality: 90, effort: 0 }), glass().tiff({ compression: 'lzw' })]) {
    const { files } = await develop(await file.toBuffer())
    for (const name of ['full', 'thumb'] as const) expect(await cornersOff(files[name], halfClear)).toBeLessThan(12)
  }
})

test('what an editor keeps beside the colours is left out', async () => {
  for (const extraChannels of [0, 2, 5]) {
    const { files } = await develop(await editorsTiff(extraChannels))
    expect((await sharp(files.full).metadata()).hasAlpha).toBe(false)
    expect(await cornersOff(files.full)).toBeLessThan(8)
  }
  expect(await codeOf(await editorsTiff(8))).toBe('unreadable')
})

test('HEIC: the container turns it once, the EXIF orientation not again; its colour profile counts', async () => {
  for (const [name, shown] of [
    ['upright-p3.heic', '128x96'],
    ['rotated-p3.heic', '96x128'],
  ] as const) {
    const { files, ...about } = await develop(await fixture(name))
    expect([about.type, size(about), size(about.renditions.full)]).toEqual(['image/heic', shown, shown])
    const [a, b, c, d] = CORNERS as [Colour, Colour, Colour, Colour]
    expect(await cornersOff(files.full, shown === '128x96' ? [a, b, c, d] : [c, a, d, b])).toBeLessThan(8)
  }
})

test('no rendition carries any metadata', async () => {
  const chatty = tellTale()
  const originals = [
    await chatty.clone().jpeg().toBuffer(),
    await chatty.clone().png().toBuffer(),
    await chatty.clone().webp().toBuffer(),
    await chatty.clone().tiff().toBuffer(),
    await chatty.clone().avif({ effort: 0 }).toBuffer(),
    await fixture('rotated-p3.heic'),
    await sharp(await animation('webp'), { pages: -1 })
      .withExif({ IFD0: { Make: 'PlantedCamera' } })
      .webp()
      .toBuffer(),
  ]
  const pictureOnly = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])
  for (const original of originals) {
    expect(PLANTED.some((word) => Buffer.from(original).includes(word))).toBe(true)
    const { files, placeholder } = await develop(original)
    const all = [...Object.values(files), Buffer.from(placeholder.split(',')[1]!, 'base64')]
    for (const file of all) {
      expect(chunksOf(file).filter((kind) => !pictureOnly.has(kind))).toEqual([])
      for (const word of PLANTED) expect(Buffer.from(file).includes(word)).toBe(false)
    }
  }
})

test('animations keep moving at their own pace; thumb, preview and placeholder stand still', async () => {
  for (const format of ['gif', 'webp'] as const) {
    const { files, animated, renditions, ...about } = await develop(await animation(format, 1600, 400))
    expect([animated, size(about)]).toEqual([true, '1600x400'])
    for (const name of ['full', 'feed'] as const) {
      const { pages, delay, loop, width, height } = await sharp(files[name]).metadata()
      expect({ pages, delay, loop }).toEqual({ pages: 3, delay: FRAME_DELAYS, loop: 2 })
      expect({ width, height }).toMatchObject({ width: renditions[name].width, height: renditions[name].height })
      expect(
        await cornersOff(await sharp(files[name], { page: 1 }).png().toBuffer(), Array(4).fill(CORNERS[0])),
      ).toBeLessThan(12)
    }
    expect([size(renditions.full), size(renditions.feed), size(renditions.thumb)]).toEqual([
      '1600x400',
      '1440x360',
      '480x120',
    ])
    for (const name of ['thumb', 'blurred'] as const)
      expect((await sharp(files[name]).metadata()).pages).toBeUndefined()
    expect(await cornersOff(files.thumb)).toBeLessThan(16)
  }
})

test('the placeholder is the preview', async () => {
  const { placeholder, files } = await develop(await photo().png().toBuffer())
  expect(placeholder).toBe(`data:image/webp;base64,${Buffer.from(files.blurred).toString('base64')}`)
})

test('50 megapixels pass, more than 100 do not', async () => {
  const huge = sharp({ create: { width: 8640, height: 5760, channels: 3, background: '#a06040' } })
  const { width, renditions } = await develop(await huge.jpeg().toBuffer())
  expect([width, size(renditions.full)]).toEqual([8640, '2560x1707'])
  expect(await codeOf(bomb())).toBe('too_many_pixels')
  expect(await codeOf(bomb(10_001, 10_000))).toBe('too_many_pixels')
  expect(await codeOf(bomb(10_000, 10_000))).toBe('unreadable') // within the limit, and then there is nothing in it
})

test('an animation counts all its frames', async () => {
  expect(await codeOf(manyFrames(1000))).toBe('fine')
  expect(await codeOf(manyFrames(1001))).toBe('too_many_frames')
})

test('a file cut short is refused, wherever it was cut', async () => {
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

test('a photo with small faults is shown all the same', async () => {
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

test('what is no photo is refused, whatever it calls itself', async () => {
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

test('only the decoders we name may run', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await expect(sharp(svg).png().toBuffer()).rejects.toThrow()
})
