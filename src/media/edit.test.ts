import { expect, test } from 'bun:test'
import sharp from 'sharp'
import type { Edit } from '../../shapes/edits'
import { develop } from '../../test/develop'
import { animation, CORNERS, type Colour, cornersOff, fixture, photo } from '../../test/photos'

/** The largest difference between any pixel of a picture and a colour. */
async function farthestFrom(picture: Uint8Array | Buffer, colour: Colour): Promise<number> {
  const { data, info } = await sharp(picture, { pages: -1 }).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  expect(info.channels).toBe(3)
  return data.reduce((most, value, i) => Math.max(most, Math.abs(value - colour[i % 3]!)), 0)
}

/** The upper right quarter of the picture, with a margin that encoders of blocks need. */
const QUARTER: Edit = { crop: { x: 64, y: 4, width: 52, height: 32 } }

test('of a cropped photo only the part is in any rendition, and all of it in the one for its author', async () => {
  const files = [
    await photo({ orientation: 6 }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    await photo().withIccProfile('p3').png().toBuffer(),
    await photo().tiff().toBuffer(),
  ]
  for (const bytes of files) {
    const { width, height, original, files: made, whole } = await develop(bytes, QUARTER)
    expect([width, height, original]).toEqual([52, 32, { width: 120, height: 80 }])
    for (const rendition of Object.values(made)) expect(await farthestFrom(rendition, CORNERS[1]!)).toBeLessThan(12)
    expect(await cornersOff(await sharp(whole).png().toBuffer(), CORNERS)).toBeLessThan(30)
  }
})

test('a photo is turned after it was cropped, whichever way it was stored', async () => {
  const [upperLeft, upperRight, lowerLeft, lowerRight] = CORNERS as [Colour, Colour, Colour, Colour]
  const turned = { 90: [lowerLeft, upperLeft, lowerRight, upperRight], 180: [...CORNERS].reverse() }
  for (const bytes of [
    await photo({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer(),
    await fixture('upright-p3.heic'),
  ])
    for (const [turn, corners] of Object.entries(turned)) {
      const { width, height, original, files } = await develop(bytes, { turn: Number(turn) })
      const { width: wide, height: high } = original
      expect([width, height]).toEqual(turn === '90' ? [high, wide] : [wide, high])
      expect(await cornersOff(await sharp(files.full).png().toBuffer(), corners)).toBeLessThan(30)
    }
  const { width, height, files } = await develop(await photo().png().toBuffer(), { ...QUARTER, turn: 270 })
  expect([width, height]).toEqual([32, 52])
  expect(await farthestFrom(files.full, upperRight)).toBeLessThan(12)
})

test('an animation keeps moving when it is cropped and turned', async () => {
  for (const format of ['gif', 'webp'] as const) {
    const { width, height, animated, files } = await develop(await animation(format), { ...QUARTER, turn: 90 })
    expect([width, height, animated]).toEqual([32, 52, true])
    const { pages, delay, loop } = await sharp(files.full).metadata()
    expect([pages, delay, loop]).toEqual([3, [50, 120, 300], 2])
    expect(await farthestFrom(files.thumb, CORNERS[1]!)).toBeLessThan(12)
  }
})

test('without a change no second picture is kept, and a part outside of the picture is refused', async () => {
  const png = await photo().png().toBuffer()
  expect((await develop(png)).whole).toBeUndefined()
  await expect(develop(png, { crop: { x: 100, y: 0, width: 21, height: 20 } })).rejects.toMatchObject({
    code: 'outside',
  })
})
