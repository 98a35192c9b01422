import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { makeClips } from '../../test/clips'
import { develop } from '../../test/develop'
import { boxNamed, codedIn, heifFile } from '../../test/heif-files'
import { box, uint32 } from '../../test/mp4-boxes'
import { CORNERS, chunksOf, cornersOff, fixture, photo, xmpWithCity } from '../../test/photos'

/** Fills the hidden pictures, so that the smallest trace of one shows. */
const HIDDEN = [255, 0, 255]
const hidden = (width = 120, height = 80) =>
  sharp({ create: { width, height, channels: 3, background: { r: 255, g: 0, b: 255 } } })

/** Checks that the renditions contain one still picture of these colours, and nothing besides. */
async function expectOnly(original: Buffer, size: string, corners: number[][] = CORNERS) {
  const { files, width, height, animated } = await develop(original)
  expect([`${width}x${height}`, animated]).toEqual([size, false])
  for (const [name, file] of Object.entries(files)) {
    const kinds = chunksOf(file)
    expect([name, kinds.filter((kind) => !['VP8 ', 'VP8L', 'VP8X', 'ALPH'].includes(kind))]).toEqual([name, []])
    expect(kinds.filter((kind) => ['VP8 ', 'VP8L'].includes(kind)).length).toBe(1)
    // every byte belongs to a chunk
    expect(Buffer.from(file).readUInt32LE(4) + 8).toBe(file.length)
    expect([name, (await cornersOff(file, corners)) < 30]).toEqual([name, true])
    const { data } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const isHidden = (at: number) => HIDDEN.every((value, i) => Math.abs(value - data[at + i]!) < 60)
    expect([name, data.some((_, at) => at % 3 === 0 && isHidden(at))]).toEqual([name, false])
  }
}

const segment = (marker: number, ...content: Buffer[]) => {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body])
}
const afterStart = (jpeg: Buffer, ...segments: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

test('the thumbnail in the EXIF data of a JPEG is not published', async () => {
  // editors that crop or paint over a photo often leave the thumbnail of the original in place
  const thumbnail = await hidden().jpeg().toBuffer()
  const entry = (tag: number, value: number) => Buffer.concat([Buffer.of(tag >> 8, tag & 255, 0, 4), uint32(1, value)])
  const directories = [Buffer.from('MM\0*\0\0\0\x08', 'latin1'), Buffer.of(0, 0), uint32(14), Buffer.of(0, 2)]
  const entries = [entry(0x201, 44), entry(0x202, thumbnail.length), uint32(0)]
  const exif = segment(0xe1, Buffer.from('Exif\0\0', 'latin1'), ...directories, ...entries, thumbnail)
  await expectOnly(afterStart(await photo().jpeg({ quality: 95 }).toBuffer(), exif), '120x80')
})

test('of a motion photo only the still is published', async () => {
  const clip = Buffer.from(await Bun.file((await makeClips(['marker.mp4']))('marker.mp4')).bytes())
  const about = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmpWithCity('PlantedPlace')}`)
  const jpeg = afterStart(await photo().jpeg({ quality: 95 }).toBuffer(), segment(0xe1, about))
  await expectOnly(Buffer.concat([jpeg, clip]), '120x80')
  const heic = Buffer.concat([Buffer.from(await fixture('upright-p3.heic')), box('mpvd', clip)])
  await expectOnly(heic, '128x96')
})

test('further pictures behind the first one of a JPEG are not published', async () => {
  const [main, second] = await Promise.all([photo().jpeg({ quality: 95 }).toBuffer(), hidden().jpeg().toBuffer()])
  // the gain map of an HDR photo and the second eye of a stereo photo are listed like this
  const field = (tag: number, type: number, count: number, value: number | string) =>
    Buffer.concat([
      Buffer.of(tag >> 8, tag & 255, 0, type),
      uint32(count),
      typeof value === 'string' ? Buffer.from(value) : uint32(value),
    ])
  const list = (offset: number) =>
    segment(
      0xe2,
      Buffer.from('MPF\0MM\0*\0\0\0\x08\0\x03', 'latin1'),
      field(0xb000, 7, 4, '0100'),
      field(0xb001, 4, 1, 2),
      field(0xb002, 7, 32, 50),
      uint32(0, 0x20030000, main.length, 0, 0, 0, second.length, offset, 0),
    )
  const listAt = 2 + 8
  const offset = main.length + list(0).length - listAt
  await expectOnly(Buffer.concat([afterStart(main, list(offset)), second]), '120x80')
})

test('thumbnails, depth and gain maps of AVIF are not published', async () => {
  const main = codedIn(await photo().avif({ quality: 90, effort: 0, chromaSubsampling: '4:4:4' }).toBuffer())
  const second = codedIn(await hidden(240, 160).avif({ quality: 90, effort: 0 }).toBuffer())
  for (const reference of ['thmb', 'auxl'] as const)
    await expectOnly(heifFile(main, {}, { coded: second, reference }), '120x80')
})

test('what a photo was cropped to is all that is published, in its orientation', async () => {
  const [one, two, three, four] = CORNERS
  const quarter = (size: { width: number; height: number }) => ({
    crop: { x: 0, y: 0, width: size.width / 2, height: size.height / 2 },
  })
  const avif = codedIn(await photo().avif({ quality: 90, effort: 0, chromaSubsampling: '4:4:4' }).toBuffer())
  const phone = Buffer.from(await fixture('upright-p3.heic'))
  const heic = codedIn(phone)
  await expectOnly(heifFile(avif, quarter(avif)), '60x40', Array(4).fill(one))
  await expectOnly(heifFile(avif, { turns: 1 }), '80x120', [two!, four!, one!, three!])
  const colours = boxNamed(phone, 'colr')
  await expectOnly(heifFile(heic, { ...quarter(heic), colours }), '64x48', Array(4).fill(one))
  await expectOnly(heifFile(heic, { colours }, { coded: heic, reference: 'auxl' }), '128x96')
})

test('further pages of a TIFF and bytes behind the end of a PNG are not published', async () => {
  const pages = await Promise.all([photo(), hidden()].map((page) => page.png().toBuffer()))
  const tiff = await sharp(pages, { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer()
  expect((await sharp(tiff).metadata()).pages).toBe(2)
  await expectOnly(tiff, '120x80')
  // phones once cropped screenshots by writing the smaller picture over the larger one
  await expectOnly(Buffer.concat([await photo().png().toBuffer(), await hidden().png().toBuffer()]), '120x80')
})
