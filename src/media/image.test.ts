import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { codeOf, develop } from '../../test/develop'
import { boxNamed, codedIn, exifItem, heifFile } from '../../test/heif-files'
import {
  animation,
  CORNERS,
  type Colour,
  chunksOf,
  cornersOff,
  editorsTiff,
  FRAME_DELAYS,
  fixture,
  glass,
  PLANTED,
  photo,
  tellTale,
} from '../../test/photos'
import { sha256Of } from './hash'
import { IMAGE_RENDITIONS } from './renditions'

const size = ({ width, height }: { width: number; height: number }) => `${width}x${height}`

test('a large photo gets all renditions with their declared sizes, and a description of itself', async () => {
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

test('no picture is enlarged, not even a single pixel', async () => {
  for (const [width, height] of [
    [1, 1],
    [300, 20],
    [1000, 700],
  ] as const) {
    const { renditions, ...about } = await develop(await photo({ width, height }).png().toBuffer())
    expect(size(about)).toBe(`${width}x${height}`)
    expect(size(renditions.full)).toBe(`${width}x${height}`)
    expect(renditions.feed).toEqual({ ...renditions.full, sameAs: 'full' })
    expect(renditions.thumb.width).toBe(Math.min(480, width))
  }
})

test('the picture for the feed is never larger than promised, and is not made a second time where all of it fits', async () => {
  for (const [width, feed, sameAs] of [
    [1440, 1440, 'full'],
    [1441, 1440, undefined],
    [1600, 1440, undefined],
  ] as const) {
    const { renditions, files } = await develop(await photo({ width, height: 100 }).jpeg().toBuffer())
    expect([width, renditions.feed.width, renditions.feed.sameAs]).toEqual([width, feed, sameAs])
    expect([renditions.full.width, renditions.full.sameAs]).toEqual([width, undefined])
    expect((await sharp(files.feed).metadata()).width).toBe(feed)
  }
})

test('a picture of one row keeps its shape', async () => {
  const { width, renditions } = await develop(await photo({ width: 50_000, height: 1 }).png().toBuffer())
  expect(width).toBe(50_000)
  expect([size(renditions.full), size(renditions.blurred)]).toEqual(['2560x1', '32x1'])
})

test('every EXIF orientation is rotated upright', async () => {
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

test('every format is read, and its colours are preserved', async () => {
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
  // P3 colours would differ by more if they were read as sRGB
  expect(
    await cornersOff(
      await sharp(await p3().png().toBuffer(), { ignoreIcc: true })
        .png()
        .toBuffer(),
    ),
  ).toBeGreaterThan(12)
})

test('print colours are approximated, with or without a profile', async () => {
  for (const file of [photo().toColourspace('cmyk'), photo().toColourspace('cmyk').withIccProfile('cmyk')]) {
    const bytes = await file.jpeg({ quality: 95 }).toBuffer()
    expect((await sharp(bytes).metadata()).space).toBe('cmyk')
    // print cannot show these reds and blues
    expect(await cornersOff((await develop(bytes)).files.full)).toBeLessThan(70)
  }
})

test('grey pictures stay grey', async () => {
  for (const space of ['b-w', 'grey16']) {
    const bytes = await photo().toColourspace(space).png().toBuffer()
    const corners = CORNERS.map(([r, g, b]) =>
      Array(3).fill((r ** 2.2 * 0.2126 + g ** 2.2 * 0.7152 + b ** 2.2 * 0.0722) ** (1 / 2.2)),
    )
    expect(await cornersOff((await develop(bytes)).files.full, corners)).toBeLessThan(6)
  }
})

test('transparency is preserved', async () => {
  const halfClear = CORNERS.map((colour) => [...colour, 128])
  for (const file of [glass().png(), glass().avif({ quality: 90, effort: 0 }), glass().tiff({ compression: 'lzw' })]) {
    const { files } = await develop(await file.toBuffer())
    for (const name of ['full', 'thumb'] as const) expect(await cornersOff(files[name], halfClear)).toBeLessThan(12)
  }
})

test('extra channels of an editor are left out', async () => {
  for (const extraChannels of [0, 2, 5]) {
    const { files } = await develop(await editorsTiff(extraChannels))
    expect((await sharp(files.full).metadata()).hasAlpha).toBe(false)
    expect(await cornersOff(files.full)).toBeLessThan(8)
  }
  expect(await codeOf(await editorsTiff(8))).toBe('unreadable')
})

test('a fourth channel of a TIFF whose meaning is not specified is not transparency', async () => {
  const rgba = await photo().ensureAlpha(0).tiff({ compression: 'lzw' }).toBuffer()
  const tag = [Buffer.of(0x52, 0x01, 3, 0, 1, 0, 0, 0), Buffer.of(0x01, 0x52, 0, 3, 0, 0, 0, 1)]
  const at = Math.max(...tag.map((bytes) => rgba.indexOf(bytes))) + 8
  expect(at).toBeGreaterThan(8)
  const unspecified = Buffer.from(rgba)
  unspecified.fill(0, at, at + 2)
  const { files } = await develop(unspecified)
  expect((await sharp(files.full).metadata()).hasAlpha).toBe(false)
  expect(await cornersOff(files.full)).toBeLessThan(8)
  expect((await sharp((await develop(rgba)).files.full).metadata()).hasAlpha).toBe(true)
})

test('the large form of TIFF is read', async () => {
  const bytes = await photo().tiff({ compression: 'lzw', bigtiff: true }).toBuffer()
  expect([bytes[2], bytes[3]]).toContain(43)
  const { files, type } = await develop(bytes)
  expect(type).toBe('image/tiff')
  expect(await cornersOff(files.full)).toBeLessThan(8)
})

test('the still picture of an AVIF sequence is shown', async () => {
  const sequence = await photo().avif({ quality: 90, effort: 0 }).toBuffer()
  sequence.write('avis', 8, 'latin1')
  expect(await cornersOff((await develop(sequence)).files.full)).toBeLessThan(10)
})

test('a HEIC photo is rotated only by its container, not again by EXIF, and its colour profile is used', async () => {
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

test('a HEIC photo that only EXIF turns is turned if a phone of Samsung wrote it', async () => {
  const phone = Buffer.from(await fixture('upright-p3.heic'))
  const [coded, colours] = [codedIn(phone), boxNamed(phone, 'colr')]
  const [a, b, c, d] = CORNERS as [Colour, Colour, Colour, Colour]
  for (const [make, shown, size, corners] of [
    ['SAMSUNG', { colours }, '96x128', [c, a, d, b]],
    ['samsung', { colours, turns: 0 }, '128x96', [a, b, c, d]],
    ['samsung', { colours, turns: 3 }, '96x128', [c, a, d, b]],
    ['Program', { colours }, '128x96', [a, b, c, d]],
  ] as const) {
    const { files, width, height } = await develop(heifFile(coded, shown, exifItem(make, 6)))
    expect([make, `${width}x${height}`]).toEqual([make, size])
    expect(await cornersOff(files.full, [...corners])).toBeLessThan(8)
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

test('animations keep their frame delays; thumb, preview and placeholder are still', async () => {
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

test('the placeholder contains the preview', async () => {
  const { placeholder, files } = await develop(await photo().png().toBuffer())
  expect(placeholder).toBe(`data:image/webp;base64,${Buffer.from(files.blurred).toString('base64')}`)
})
