import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { BadMedia, messageOf } from '../src/media/errors'
import { embeddedEngine } from '../src/media/ffmpeg/embedded'
import { sniff } from '../src/media/sniff'
import { canKeep } from '../src/media/video/arguments'
import { probe } from '../src/media/video/probe'
import { type Clip, makeClips } from './clips'
import { develop } from './develop'
import { boxNamed, codedIn, colourNumbers, exifItem, heifFile, sequenceOf, tiledFile } from './heif-files'
import { jxl } from './jxl-files'
import { apng, movingAvif } from './moving-files'
import { animation, CORNERS, cornersOff, editorsTiff, fixture, photo, pngChunk } from './photos'
import { rafFile, rawFile } from './raw-files'
import { plainTiff } from './tiff-files'
import { tagged, vivid } from './vivid-photos'

/**
 * Writes docs/formats.md by trying each format, and fails when the page says something else. To write the page again:
 * `PINHOLE_WRITE_FORMATS=1 npm test test/formats.test.ts`.
 */
const PAGE = new URL('../docs/formats.md', import.meta.url).pathname

const dir = mkdtempSync(join(tmpdir(), 'pinhole-formats-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const heic = Buffer.from(await fixture('upright-p3.heic'))
const coded = codedIn(heic)
const colours = boxNamed(heic, 'colr')
const avif = async () => Buffer.from(await photo().avif({ quality: 90, effort: 0 }).toBuffer())
const GREY = [[258, 3, 1, 8] as const, [262, 3, 1, 1] as const, [277, 3, 1, 1] as const]

/** A PNG whose colours are named by numbers. */
const numbered = async (...numbers: number[]) => {
  const png = await photo().png().toBuffer()
  return Buffer.concat([png.subarray(0, 33), pngChunk('cICP', Buffer.from(numbers)), png.subarray(33)])
}

const lzma = () => {
  const file = plainTiff({ width: 64, height: 64, pixels: Buffer.alloc(64 * 64), fields: GREY })
  file.writeUInt16LE(34925, file.indexOf(Buffer.of(3, 1, 3, 0, 1, 0, 0, 0)) + 8)
  return file
}

/** A raw file whose preview is stored turned. */
const raw = async (width: number, orientation = 1) => {
  const preview = await photo({ width, height: (width * 2) / 3, orientation })
    .jpeg({ quality: 95 })
    .toBuffer()
  const thumbnail = await photo().jpeg().toBuffer()
  return rawFile({
    thumbnail,
    preview: await sharp(preview).jpeg({ quality: 95 }).toBuffer(),
    orientation,
    isDng: true,
  })
}

const avis = async () => {
  const file = await avif()
  file.write('avis', 8, 'latin1')
  return file
}

const PHOTOS: [format: string, make: () => Uint8Array | Promise<Uint8Array>][] = [
  ['JPEG', () => photo().jpeg().toBuffer()],
  ['JPEG, turned by EXIF', () => photo({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()],
  ['JPEG, Display P3 by its profile', () => photo().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()],
  ['JPEG for print (CMYK)', () => photo().toColourspace('cmyk').jpeg().toBuffer()],
  ['PNG', () => photo().png().toBuffer()],
  ['PNG, usual colours by numbers (cICP)', () => numbered(1, 13, 0, 1)],
  [
    'PNG, moving',
    async () => {
      const first = await photo().png({ palette: false }).toBuffer()
      const last = await photo().negate().png({ palette: false }).toBuffer()
      return apng([{ png: first }, { png: last }, { png: first }])
    },
  ],
  ['PNG, Display P3 by its profile, vivid', () => tagged(vivid(), 'p3')],
  ['WebP', () => photo().webp().toBuffer()],
  ['WebP, moving', () => animation('webp')],
  ['GIF', () => photo().gif().toBuffer()],
  ['GIF, moving', () => animation('gif')],
  ['AVIF', avif],
  ['AVIF, moving', () => movingAvif([photo(), photo().negate(), photo()])],
  ['AVIF that calls itself a sequence, with a still', avis],
  [
    'AVIF of 272 tiles',
    async () => tiledFile(codedIn(await photo({ width: 64, height: 64 }).avif().toBuffer()), 17, 16),
  ],
  ['HEIC, Display P3 by its profile', () => heic],
  ['HEIC, turned by its container', () => fixture('rotated-p3.heic')],
  ['HEIC, turned only by EXIF, of a Samsung phone', () => heifFile(coded, { colours }, exifItem('samsung', 6))],
  ['HEIC, turned only by EXIF, of any other program', () => heifFile(coded, { colours }, exifItem('Program', 6))],
  ['HEIC, Display P3 by numbers (nclx)', () => heifFile(coded, { colours: colourNumbers(12, 13, 6) })],
  ['HEIC sequence without a still, of which the first picture is shown', () => sequenceOf([coded, coded])],
  ['TIFF', () => photo().tiff({ compression: 'lzw' }).toBuffer()],
  ['TIFF, large form (BigTIFF)', () => photo().tiff({ compression: 'lzw', bigtiff: true }).toBuffer()],
  ['TIFF with extra channels of an editor', () => editorsTiff(2)],
  ['TIFF compressed by LZMA', lzma],
  ['JPEG XL', () => jxl(photo())],
  ['JPEG XL, moving', () => fixture('moving.jxl')],
  ['JPEG XL, moving, of more than 40 megapixels together', () => fixture('large-moving.jxl')],
  ['DNG, NEF, ARW, CR2 and other raw files like TIFF, turned', () => raw(1200, 6)],
  ['the same with a preview of less than 1,000 pixels', () => raw(660)],
  ['Fujifilm RAF', async () => rafFile(await photo({ width: 1200, height: 800 }).jpeg().toBuffer())],
  ['Canon CR3', () => Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1')],
  ['Olympus ORF', () => Buffer.from(`IIRO\b\0\0\0${'\0'.repeat(64)}`, 'latin1')],
  ['JPEG 2000', () => Buffer.from('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', 'latin1')],
  ['BMP', () => Buffer.from(`BM${'\0'.repeat(64)}`, 'latin1')],
  ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
]

async function photoResult(bytes: Uint8Array): Promise<string> {
  try {
    const made = await develop(bytes)
    const note = made.note && `, with a note: “${filled(messageOf(made.note), made.note.values)}”`
    return `${await looksOf(made)}${note ?? ''}`
  } catch (error) {
    return refusal(error)
  }
}

async function looksOf({ width, height, animated, files }: Awaited<ReturnType<typeof develop>>): Promise<string> {
  const frames = animated ? ((await sharp(files.full).metadata()).pages ?? 1) : 1
  if (frames > 1) return `shown, moves (${frames} of 3 frames)`
  if ((await sharp(files.full).metadata()).icc) return 'shown, keeps the colours that sRGB lacks'
  if (height > width) return 'shown, upright'
  const off = await cornersOff(await sharp(files.full).png().toBuffer(), CORNERS)
  return off < 30 ? 'shown, right colours' : off < 70 ? 'shown, similar colours' : 'shown'
}

const filled = (message: string, values: Record<string, string>) =>
  message.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')

function refusal(error: unknown): string {
  if (!(error instanceof BadMedia)) throw error
  return `refused: “${filled(error.message, error.values)}”`
}

const VIDEOS: [format: string, clip: Clip | { fixture: string }][] = [
  ['MP4, H.264 and AAC', 'phone.mp4'],
  ['MP4 in fragments, H.264', 'pieces.mp4'],
  ['QuickTime, Motion JPEG', 'old.mov'],
  ['Matroska, VP8', 'film.mkv'],
  ['AVI, MPEG-4', 'camera.avi'],
  ['MPEG, MPEG-2', 'disc.mpg'],
  ['MPEG transport stream, interlaced MPEG-2', 'tape.ts'],
  ['WebM, VP9', { fixture: 'vp9.webm' }],
  ['3GP, AMR sound', { fixture: 'amr.3gp' }],
  ['MP4, HEVC, HDR (PQ)', { fixture: 'pq.mp4' }],
  ['QuickTime, HEVC, HDR (HLG), turned', { fixture: 'hlg-turned.mov' }],
  ['MP4, AV1', { fixture: 'av1.mp4' }],
]

async function videoResult(path: string): Promise<string> {
  try {
    expect(sniff(await Bun.file(path).slice(0, 1024).bytes())?.kind).toBe('video')
    const probed = await probe(embeddedEngine(dir, 0), path)
    if (canKeep(probed)) return 'picture kept, if nothing of it is cut away; sound converted'
    if (probed.picture.codec === 'av1') return 'converted by an installed ffmpeg; refused by the embedded one'
    return probed.picture.isHdr ? 'converted, compressed to ordinary brightness' : 'converted'
  } catch (error) {
    return refusal(error)
  }
}

test('docs/formats.md says what happens to each format', async () => {
  const rows: string[] = []
  for (const [format, make] of PHOTOS) rows.push(`| ${format} | ${await photoResult(await make())} |`)
  const clips = await makeClips(VIDEOS.flatMap(([, clip]) => (typeof clip === 'string' ? [clip] : [])))
  const videos: string[] = []
  for (const [format, clip] of VIDEOS) {
    const path = typeof clip === 'string' ? clips(clip) : new URL(`fixtures/${clip.fixture}`, import.meta.url).pathname
    videos.push(`| ${format} | ${await videoResult(path)} |`)
  }
  const page = `# Formats

What happens to photos and videos in each format. \`test/formats.test.ts\` wrote this page by trying them, and fails when
it is no longer true.

Photos are turned upright, converted to sRGB and stored as WebP without any metadata. Vivid photos in Display P3 keep
their colours in the large pictures. At most 100 megapixels and 1,000 frames are accepted, all frames together. Of a raw
file, the photo is shown that the camera developed itself. See [the decision](decisions/photos.md) for colours and
rotation.

| photo | what happens |
|---|---|
${rows.join('\n')}

Videos become MP4 with H.264 and AAC, without any metadata.

| video | what happens |
|---|---|
${videos.join('\n')}
`
  if (process.env.PINHOLE_WRITE_FORMATS) await Bun.write(PAGE, page)
  expect(await Bun.file(PAGE).text()).toBe(page)
})
