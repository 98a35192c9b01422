import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { fixture, photo, pngChunk, xmpWithCity } from '../photos'
import { withSegment } from './hostile-files'

/** The places in a photo where personal data can hide. A word is planted in each of them. */
const PLACES = {
  Make: 0x010f,
  Model: 0x0110,
  ImageDescription: 0x010e,
  Software: 0x0131,
  DateTime: 0x0132,
  Artist: 0x013b,
  HostComputer: 0x013c,
  Copyright: 0x8298,
  XPAuthor: 0x9c9d,
} as const
const EXIF_PLACES = {
  DateTimeOriginal: 0x9003,
  OffsetTime: 0x9010,
  MakerNote: 0x927c,
  UserComment: 0x9286,
  ImageUniqueID: 0xa420,
  CameraOwnerName: 0xa430,
  BodySerialNumber: 0xa431,
  LensModel: 0xa434,
  LensSerialNumber: 0xa435,
} as const
const GPS_PLACES = {
  GPSLatitude: 2,
  GPSLongitude: 4,
  GPSMapDatum: 18,
  GPSProcessingMethod: 27,
  GPSAreaInformation: 28,
  GPSDateStamp: 29,
} as const
/** Places outside of EXIF. */
const OTHER_PLACES = [
  'Thumbnail',
  'Xmp',
  'ExtendedXmp',
  'Iptc',
  'Photoshop',
  'Comment',
  'HeicExif',
  'Trailer',
  'MotionVideo',
  'PngText',
  'PngZipped',
  'PngUnicode',
  'PngTime',
  'GifComment',
  'GifApplication',
  'WebpUnknown',
  'TiffTag',
] as const

/** Words in a photo from a real camera. */
const ELSEWHERE: Record<string, string> = { HeicExif: 'PlantedCamera' }

export const wordOf = (place: string) => ELSEWHERE[place] ?? `planted${place}Canary`
const word = (place: string) => Buffer.from(wordOf(place), 'latin1')
export const ALL_PLACES = [
  ...Object.keys(PLACES),
  ...Object.keys(EXIF_PLACES),
  ...Object.keys(GPS_PLACES),
  ...OTHER_PLACES,
]

type Entry = { tag: number; type: number; count: number; value: Buffer }
const ascii = (tag: number, place: string): Entry => ({
  tag,
  type: 2,
  count: wordOf(place).length + 1,
  value: Buffer.concat([word(place), Buffer.alloc(1)]),
})
const long = (tag: number, number: number): Entry => {
  const value = Buffer.alloc(4)
  value.writeUInt32LE(number)
  return { tag, type: 4, count: 1, value }
}

/** One TIFF directory, followed by the values that do not fit into its entries. `at` is its offset in the file. */
function directory(at: number, entries: Entry[], next = 0): Buffer {
  const size = 2 + entries.length * 12 + 4
  const out = Buffer.alloc(size)
  const behind: Buffer[] = []
  let free = at + size
  out.writeUInt16LE(entries.length, 0)
  for (const [i, { tag, type, count, value }] of entries.toSorted((a, b) => a.tag - b.tag).entries()) {
    const here = 2 + i * 12
    out.writeUInt16LE(tag, here)
    out.writeUInt16LE(type, here + 2)
    out.writeUInt32LE(count, here + 4)
    if (value.length <= 4) value.copy(out, here + 8)
    else {
      out.writeUInt32LE(free, here + 8)
      behind.push(value)
      free += value.length
    }
  }
  out.writeUInt32LE(next, size - 4)
  return Buffer.concat([out, ...behind])
}

const tagsOf = (places: Record<string, number>) => Object.entries(places).map(([place, tag]) => ascii(tag, place))

/** The smallest TIFF with these tags in addition to those of its image. */
async function tiffWith(tags: Entry[]): Promise<Buffer> {
  const { data, info } = await photo({ width: 60, height: 40 }).raw().toBuffer({ resolveWithObject: true })
  const bits: Entry = { tag: 258, type: 3, count: 3, value: Buffer.from([8, 0, 8, 0, 8, 0]) }
  const plain = (at: number) =>
    Object.entries({
      256: info.width,
      257: info.height,
      259: 1,
      262: 2,
      273: at,
      277: 3,
      278: info.height,
      279: data.length,
    })
  const made = (at: number) =>
    directory(8, [bits, ...plain(at).map(([tag, number]) => long(Number(tag), number)), ...tags])
  return Buffer.concat([latin('II*\0\x08\0\0\0'), made(8 + made(0).length), data])
}

/** EXIF data as cameras write it: four directories and a thumbnail. */
async function exif(): Promise<Buffer> {
  const thumbnail = withSegment(await photo({ width: 16, height: 16 }).jpeg().toBuffer(), 0xfe, word('Thumbnail'))
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  const main = (sub: number, gps: number, next: number) =>
    directory(8, [...tagsOf(PLACES), long(0x8769, sub), long(0x8825, gps)], next)
  const subAt = 8 + main(0, 0, 0).length
  const sub = directory(subAt, tagsOf(EXIF_PLACES))
  const gps = directory(subAt + sub.length, tagsOf(GPS_PLACES))
  const smallAt = subAt + sub.length + gps.length
  const small = (at: number) => directory(smallAt, [long(0x0201, at), long(0x0202, thumbnail.length)])
  const size = small(0).length
  return Buffer.concat([head, main(subAt, subAt + sub.length, smallAt), sub, gps, small(smallAt + size), thumbnail])
}

const xmp = (place: string) => xmpWithCity(wordOf(place))

function riffChunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(data.length)
  return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length % 2)])
}

const latin = (text: string) => Buffer.from(text, 'latin1')
const iptc = () => {
  const dataset = Buffer.concat([Buffer.from([0x1c, 2, 0x5a, 0, wordOf('Iptc').length]), word('Iptc')])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(dataset.length)
  const block = (id: number, data: Buffer, length: Buffer) =>
    Buffer.concat([latin('8BIM'), Buffer.from([id >> 8, id & 255, 0, 0]), length, data, Buffer.alloc(data.length % 2)])
  const caption = word('Photoshop')
  const captionSize = Buffer.alloc(4)
  captionSize.writeUInt32BE(caption.length)
  return Buffer.concat([latin('Photoshop 3.0\0'), block(0x0404, dataset, size), block(0x03f0, caption, captionSize)])
}

/** Photos with personal data planted everywhere their format allows, and the places. */
export async function plantedPhotos(): Promise<{ name: string; bytes: Buffer; places: string[] }[]> {
  const tags = await exif()
  const inExif = [...Object.keys(PLACES), ...Object.keys(EXIF_PLACES), ...Object.keys(GPS_PLACES), 'Thumbnail']
  let jpeg: Buffer = await photo({ width: 640, height: 480 }).withIccProfile('p3').jpeg().toBuffer()
  for (const [marker, data] of [
    [0xfe, word('Comment')],
    [0xed, iptc()],
    [0xe1, latin(`http://ns.adobe.com/xmp/extension/\0${'0'.repeat(32)}\0\0\0\x40\0\0\0\0${wordOf('ExtendedXmp')}`)],
    [0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${xmp('Xmp')}`)],
    [0xe1, Buffer.concat([latin('Exif\0\0'), tags])],
  ] as const)
    jpeg = withSegment(jpeg, marker, data)
  const video = Buffer.concat([latin('\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x01\0udta'), word('MotionVideo')])
  jpeg = Buffer.concat([jpeg, video, word('Trailer')])

  const png = await photo({ width: 640, height: 480 }).png().toBuffer()
  const texts = [
    pngChunk('tEXt', Buffer.concat([latin('Author\0'), word('PngText')])),
    pngChunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(word('PngZipped'))])),
    pngChunk('iTXt', Buffer.concat([latin('XML:com.adobe.xmp\0\0\0\0\0'), latin(xmp('PngUnicode'))])),
    pngChunk('eXIf', tags),
    pngChunk('prVt', word('PngTime')),
  ]
  const gif = await photo().gif().toBuffer()
  const gifHead = 13 + 3 * 2 ** ((gif[10]! & 7) + 1)
  const gifBlock = (place: string, head: Buffer) =>
    Buffer.concat([head, Buffer.from([wordOf(place).length]), word(place), Buffer.alloc(1)])
  const webp = await photo({ width: 640, height: 480 })
    .withXmp(xmp('Xmp'))
    .withExif({ IFD0: { Make: wordOf('Make') } })
    .webp()
    .toBuffer()
  const more = Buffer.concat([webp, riffChunk('JUNK', word('WebpUnknown'))])
  more.writeUInt32LE(more.length - 8, 4)
  const tiff = await tiffWith([
    ...tagsOf(PLACES),
    ascii(0x02bc, 'Xmp'),
    ascii(0x83bb, 'Iptc'),
    ascii(0xc5e0, 'TiffTag'),
  ])
  const avif = await photo()
    .withExif({ IFD0: { Make: wordOf('Make') }, IFD3: { GPSMapDatum: wordOf('GPSMapDatum') } })
    .withXmp(xmp('Xmp'))
    .avif({ effort: 0 })
    .toBuffer()
  return [
    {
      name: 'a.jpg',
      bytes: jpeg,
      places: [...inExif, 'Comment', 'Iptc', 'Photoshop', 'Xmp', 'ExtendedXmp', 'MotionVideo', 'Trailer'],
    },
    {
      name: 'a.png',
      bytes: Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33)]),
      places: [...inExif, 'PngText', 'PngUnicode', 'PngTime'],
    },
    {
      name: 'a.gif',
      bytes: Buffer.concat([
        gif.subarray(0, gifHead),
        gifBlock('GifComment', Buffer.from([0x21, 0xfe])),
        gifBlock('GifApplication', Buffer.concat([Buffer.from([0x21, 0xff, 11]), latin('XMP DataXMP')])),
        gif.subarray(gifHead),
      ]),
      places: ['GifComment', 'GifApplication'],
    },
    { name: 'a.webp', bytes: more, places: ['Xmp', 'Make', 'WebpUnknown'] },
    { name: 'a.tif', bytes: tiff, places: [...Object.keys(PLACES), 'Xmp', 'Iptc', 'TiffTag'] },
    { name: 'a.heic', bytes: Buffer.from(await fixture('rotated-p3.heic')), places: ['HeicExif'] },
    { name: 'a.avif', bytes: avif, places: ['Make', 'GPSMapDatum', 'Xmp'] },
  ]
}

/** Whether another decoder finds our EXIF data. If nobody could read it, its absence would prove nothing. */
export const exifIsReal = async (jpeg: Buffer) =>
  (await sharp(jpeg).metadata()).exif?.includes(wordOf('BodySerialNumber')) ?? false

/** The encodings of a text that a reader might search for. */
export const spellings = (text: string) => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
  ...(text.length > 9 ? [Buffer.from(Buffer.from(text).toString('base64').slice(0, 12))] : []),
]
