import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { asInVideos, bars, deep, meanOff, stored } from '../../../test/colour-numbers'
import { develop } from '../../../test/develop'
import { codedIn, colourNumbers, firstInMovie, heifFile } from '../../../test/heif-files'
import { cornersOff, fixture, photo, pngChunk } from '../../../test/photos'
import { plainTiff } from '../../../test/tiff-files'

/** The name of each kind of colours in ffmpeg, and its numbers. */
const WIDE = [
  ['smpte432', 'iec61966-2-1', 12, 13],
  ['bt2020', 'iec61966-2-1', 9, 13],
] as const
const HDR = [
  ['smpte2084', 16],
  ['arib-std-b67', 18],
] as const

/** A PNG with a chunk that names its colours. */
const png = async (pixels: Buffer, primaries: number, transfer: number) => {
  const file = await deep(pixels).png().toBuffer()
  const afterHeader = 8 + 25
  const chunk = pngChunk('cICP', Buffer.of(primaries, transfer, 0, 1))
  return Buffer.concat([file.subarray(0, afterHeader), chunk, file.subarray(afterHeader)])
}

/** An AVIF with 10 bits whose colours are named by numbers. */
const avif = async (pixels: Buffer, primaries: number, transfer: number) => {
  const options = { bitdepth: 10, quality: 95, effort: 0, chromaSubsampling: '4:4:4' } as const
  const coded = codedIn(await deep(pixels).avif(options).toBuffer())
  return heifFile(coded, { colours: colourNumbers(primaries, transfer, 6) })
}

const off = async (file: Buffer, expected: Buffer) => meanOff((await develop(file)).files.full, expected)

test('wide colours that are named by numbers become those of sRGB', async () => {
  for (const [primaries, transfer, number, curve] of WIDE) {
    const pixels = await stored(primaries, transfer)
    for (const make of [png, avif]) {
      const [right, wrong] = [await make(pixels, number, curve), await make(pixels, 1, 13)]
      expect([primaries, make.name, (await off(right, bars)) < 3]).toEqual([primaries, make.name, true])
      expect(await off(wrong, bars)).toBeGreaterThan(5)
    }
  }
})

test('a photo of high dynamic range looks as such a video does, in PNG and AVIF', async () => {
  for (const [transfer, number] of HDR) {
    const pixels = await stored('bt2020', transfer)
    const expected = await asInVideos(pixels, transfer)
    for (const make of [png, avif])
      expect([transfer, make.name, (await off(await make(pixels, 9, number), expected)) < 3]).toEqual([
        transfer,
        make.name,
        true,
      ])
  }
})

test('a photo of high dynamic range in HEIC is converted as well', async () => {
  const movie = Buffer.from(await fixture('pq.mp4'))
  const heic = heifFile(firstInMovie(movie), { colours: colourNumbers(9, 16, 9) })
  expect(await cornersOff((await develop(heic)).files.full)).toBeLessThan(25)
  const unmarked = heifFile(firstInMovie(movie), { colours: colourNumbers(1, 13, 9) })
  expect(await cornersOff((await develop(unmarked)).files.full)).toBeGreaterThan(40)
})

test('the colours of a PNG are those of its numbers, even if it also has a profile', async () => {
  const file = await photo().withIccProfile('p3').png().toBuffer()
  const plain = await photo().png().toBuffer()
  const chunk = pngChunk('cICP', Buffer.of(12, 13, 0, 1))
  const marked = Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)])
  const { data } = await sharp(plain).raw().toBuffer({ resolveWithObject: true })
  expect(await off(marked, data)).toBeLessThan(3)
  const usual = Buffer.concat([file.subarray(0, 33), pngChunk('cICP', Buffer.of(1, 13, 0, 1)), file.subarray(33)])
  expect(await off(usual, data)).toBeGreaterThan(5)
})

/** A TIFF in L*a*b* with 8 bits, 64 pixels of each colour wide, which may name the white of daylight. */
function labTiff(colours: number[][], isDaylight: boolean): Buffer {
  const row = colours.flatMap(([l, a, b]) => Array(64).fill([Math.round(l! * 2.55), Math.round(a!), Math.round(b!)]))
  const daylight = Buffer.alloc(16)
  for (const [i, value] of [3127, 10_000, 3290, 10_000].entries()) daylight.writeUInt32LE(value, i * 4)
  return plainTiff({
    width: 64 * colours.length,
    height: 64,
    pixels: Buffer.from(Array(64).fill(row.flat()).flat()),
    fields: [
      [258, 3, 3, Buffer.from(Uint16Array.of(8, 8, 8).buffer)],
      [262, 3, 1, 8],
      [277, 3, 1, 3],
      ...(isDaylight ? [[318, 5, 2, daylight] as const] : []),
    ],
  })
}

test('a TIFF that libvips cannot read is refused with the name of its compression', async () => {
  const fields = [[258, 3, 1, 8] as const, [262, 3, 1, 1] as const, [277, 3, 1, 1] as const]
  const file = plainTiff({ width: 64, height: 64, pixels: Buffer.alloc(64 * 64), fields })
  const at = file.indexOf(Buffer.of(3, 1, 3, 0, 1, 0, 0, 0)) // the tag of the compression
  file.writeUInt16LE(34925, at + 8)
  await expect(develop(file)).rejects.toMatchObject({ code: 'variant', values: { variant: 'LZMA' } })
})

test('a grey TIFF of floating-point numbers is not black', async () => {
  const light = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 0.2 : 0.7))
  const fields = [[258, 3, 1, 32] as const, [262, 3, 1, 1] as const, [277, 3, 1, 1] as const, [339, 3, 1, 3] as const]
  const file = plainTiff({ width: 64, height: 64, pixels: Buffer.from(light.buffer), fields })
  const expected = Buffer.from(Array.from({ length: 64 * 64 }, (_, i) => Array(3).fill(i % 64 < 32 ? 124 : 218)).flat())
  expect(await off(file, expected)).toBeLessThan(3)
})

test('a TIFF in L*a*b* with 8 bits is converted, for the white of daylight and for that of paper', async () => {
  // grey, a red and a blue of sRGB in L*a*b*, for each white
  const expected = [
    [119, 119, 119],
    [200, 60, 40],
    [50, 70, 190],
  ]
  const daylight = [
    [50.0, 0, 0],
    [46.5, 54.3, 43.2],
    [35.5, 34.1, -65.1],
  ]
  const paper = [
    [50.0, 0, 0],
    [47.3, 55.4, 44.6],
    [34.4, 25.9, -66.7],
  ]
  for (const [colours, isDaylight] of [
    [daylight, true],
    [paper, false],
  ] as const) {
    const file = labTiff(colours, isDaylight)
    await expect(sharp(file).metadata()).rejects.toThrow() // otherwise nobody needs our conversion
    const pixels = Buffer.from(
      Array.from({ length: 64 }, () => expected.flatMap((each) => Array(64).fill(each))).flat(2),
    )
    expect([isDaylight, (await off(file, pixels)) < 3]).toEqual([isDaylight, true])
  }
})
