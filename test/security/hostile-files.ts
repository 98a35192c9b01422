import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { bomb, manyFrames, photo, pngChunk } from '../photos'

/**
 * `shown`: a picture is shown and everything else in the file is gone. `either`: decoders may differ. `refused` and
 * `failed`: the expected error code, or codes.
 */
type Expected = 'shown' | 'either' | { refused: string } | { failed: string[] }
export type HostileFile = { name: string; bytes: Uint8Array; expected: Expected }

export const SECRET = 'what lies in another file'

/** Inserts chunks after the header of a PNG. */
const withChunks = (png: Buffer, ...chunks: Buffer[]) =>
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

/** Inserts a segment after the start marker of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)])
}

const unsupported: Expected = { refused: 'unsupported_media' }
const bad = (...codes: string[]): Expected => ({ failed: codes })

/** Files that are made to do harm. `elsewhere` is a path on this machine that some of them try to have read. */
export async function hostileFiles(elsewhere: string): Promise<HostileFile[]> {
  const [jpeg, png, gif] = await Promise.all([
    photo({ width: 640, height: 480 }).jpeg().toBuffer(),
    photo({ width: 640, height: 480 }).png().toBuffer(),
    photo().gif().toBuffer(),
  ])
  const html = '<html><script>alert(1)</script>'
  const namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
  const svg = `<svg ${namespaces}><image xlink:href="file://${elsewhere}"/></svg>`
  const strip = (width: number, height: number) => photo({ width, height }).png().toBuffer()
  const zeros = (mb: number) => deflateSync(Buffer.alloc(mb * 1024 ** 2))
  const text = (value: string) => Buffer.from(value, 'latin1')
  const files: [string, Uint8Array, Expected][] = [
    ['nothing.jpg', new Uint8Array(), unsupported],
    ['zeros.jpg', new Uint8Array(100_000), unsupported],
    ['page.jpg', text(html), unsupported],
    ['drawing.svg', text(svg), unsupported],
    ['drawing.png', text(`<?xml version="1.0"?>${svg}`), unsupported],
    ['script.jpg', text('push graphic-context\nimage over 0,0 0,0 "|id"\npop graphic-context'), unsupported],
    ['paper.jpg', text('%PDF-1.4\n%âãÏÓ'), unsupported],
    [
      'playlist.mp4',
      text(`#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile://${elsewhere}\n#EXT-X-ENDLIST`),
      unsupported,
    ],
    ['concat.mp4', text(`ffconcat version 1.0\nfile '${elsewhere}'\n`), unsupported],
    ['manifest.mp4', text(`<?xml version="1.0"?><MPD><BaseURL>file://${elsewhere}</BaseURL></MPD>`), unsupported],
    ['program.jpg', text('\x7fELF\x02\x01\x01'), unsupported],
    ['start.jpg', jpeg.subarray(0, 3), bad('unreadable')],
    ['pixels.png', bomb(30_000, 30_000), bad('too_many_pixels')],
    ['pixels beyond numbers.png', bomb(0x7fffffff, 0x7fffffff), bad('too_many_pixels', 'unreadable')],
    ['frames.gif', manyFrames(5000), bad('too_many_frames')],
    [
      'screen.gif',
      Buffer.concat([text('GIF89a'), Buffer.from([255, 255, 255, 255, 0, 0, 0]), manyFrames(3).subarray(13)]),
      bad('too_many_pixels', 'unreadable'),
    ],
    ['strip.png', await strip(50_000, 1), 'shown'],
    ['pole.png', await strip(1, 50_000), 'shown'],
    [
      'text bomb.png',
      withChunks(png, ...Array<Buffer>(20).fill(pngChunk('zTXt', Buffer.concat([text('a\0\0'), zeros(50)])))),
      'either',
    ],
    ['profile bomb.png', withChunks(png, pngChunk('iCCP', Buffer.concat([text('a\0\0'), zeros(100)]))), 'either'],
    ['chunks.png', withChunks(png, ...Array<Buffer>(50_000).fill(pngChunk('tEXt', text('a\0b')))), 'either'],
    [
      'a chunk without end.png',
      Buffer.concat([png.subarray(0, 33), Buffer.from('7fffffff49444154', 'hex'), png.subarray(41)]),
      bad('unreadable'),
    ],
    ['archive.gif', Buffer.concat([gif, text(`PK\x03\x04 ${html}`)]), 'shown'],
    ['page in a comment.jpg', withSegment(jpeg, 0xfe, text(html)), 'shown'],
    ['page behind.jpg', Buffer.concat([jpeg, text(html)]), 'shown'],
    ['paper behind.jpg', Buffer.concat([jpeg, text('%PDF-1.4\ntrailer')]), 'shown'],
    ['script.gif', Buffer.concat([text('GIF89a/*'), gif.subarray(8), text('*/=1;alert(1)')]), 'either'],
    [
      'broken exif.jpg',
      withSegment(jpeg, 0xe1, Buffer.concat([text('Exif\0\0II*\0'), Buffer.alloc(60_000, 0xff)])),
      'shown',
    ],
    [
      'exif in circles.jpg',
      withSegment(
        jpeg,
        0xe1,
        Buffer.concat([
          text('Exif\0\0II*\0\x08\0\0\0\x01\0'),
          Buffer.from('6987040001000000080000000800', 'hex'),
          Buffer.alloc(20),
        ]),
      ),
      'shown',
    ],
    [
      'broken profile.jpg',
      withSegment(jpeg, 0xe2, Buffer.concat([text('ICC_PROFILE\0\x01\x01'), Buffer.alloc(60_000, 0xee)])),
      'shown',
    ],
    ['profile in 255 parts.jpg', withSegment(jpeg, 0xe2, text('ICC_PROFILE\0\xff\xff')), 'shown'],
    ['scans.jpg', await manyScans(), 'either'],
    [
      'animation that is none.webp',
      Buffer.concat([
        text('RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xff'),
        Buffer.alloc(100),
      ]),
      bad('unreadable', 'too_many_pixels'),
    ],
    [
      'directories in circles.tif',
      text('II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\x01\0\0\0\x08\0\0\0'),
      bad('unreadable'),
    ],
    [
      'boxes.avif',
      Buffer.concat([
        text('\0\0\0\x14ftypavif\0\0\0\0avif'),
        Buffer.alloc(4, 0xff),
        text('meta'),
        Buffer.alloc(200, 0xff),
      ]),
      bad('unreadable'),
    ],
    [
      'boxes.heic',
      Buffer.concat([
        text('\0\0\0\x14ftypheic\0\0\0\0heic'),
        Buffer.from('00000001', 'hex'),
        text('meta'),
        Buffer.alloc(200, 0x7f),
      ]),
      bad('unreadable'),
    ],
  ]
  const box = (kind: string, ...inside: Uint8Array[]) => {
    const body = Buffer.concat(inside)
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length + 8)
    return Buffer.concat([size, Buffer.from(kind), body])
  }
  const dataElsewhere = box(
    'dinf',
    box('dref', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box('url ', Buffer.alloc(4), text(`file://${elsewhere}\0`))),
  )
  const inside = box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('minf', dataElsewhere))),
  )
  const start = box('ftyp', text('mp42\0\0\0\0mp42isom'))
  const noVideo = bad('unreadable', 'no_picture', 'codec', 'too_many_streams')
  files.push(
    ['nothing inside.mp4', start, noVideo],
    ['bytes of another file.mp4', Buffer.concat([start, inside]), noVideo],
    ['boxes in boxes.mp4', Buffer.concat([start, ...Array<Buffer>(20_000).fill(text('\0\xff\xff\xffmoov'))]), noVideo],
    ['noise.avi', Buffer.concat([text('RIFF\xff\xff\xff\x7fAVI LIST'), Buffer.alloc(5000, 0x5a)]), noVideo],
  )
  for (const part of [0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
    files.push([`cut at ${part}.jpg`, jpeg.subarray(0, Math.floor(jpeg.length * part)), bad('unreadable')])
  for (const part of [0.05, 0.5, 0.9])
    files.push([`cut at ${part}.png`, png.subarray(0, Math.floor(png.length * part)), bad('unreadable')])
  return files.map(([name, bytes, expected]) => ({ name, bytes, expected }))
}

/** A progressive JPEG that repeats its last scan, each of which requires a pass over the whole image. */
async function manyScans(): Promise<Buffer> {
  const jpeg = await photo({ width: 2000, height: 2000 }).jpeg({ progressive: true }).toBuffer()
  const last = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = jpeg.subarray(last, -2)
  return Buffer.concat([
    jpeg.subarray(0, -2),
    ...Array<Buffer>(Math.floor(2_000_000 / scan.length)).fill(scan),
    jpeg.subarray(-2),
  ])
}

/** Whether the bytes can be decoded as an image. */
export const isPicture = async (bytes: Uint8Array) => ((await sharp(bytes).stats()).channels.length ?? 0) > 0
