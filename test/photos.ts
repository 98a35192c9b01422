import sharp, { type Sharp } from 'sharp'

export type Colour = [red: number, green: number, blue: number]

/**
 * The colours of the upper left, upper right, lower left and lower right quarter, so that rotation, mirroring or a
 * colour change shows. They are sRGB and within every gamut used.
 */
export const CORNERS: Colour[] = [
  [200, 60, 40],
  [60, 180, 70],
  [50, 70, 190],
  [210, 190, 60],
]

/** Texts in the metadata of the photos that no rendition may contain. */
export const PLANTED = ['PlantedCamera', 'PlantedAuthor', 'PlantedPlace', 'GPS']

export const fixture = (name: string) => Bun.file(new URL(`fixtures/${name}`, import.meta.url)).bytes()

/** Maps pixel (x, y) of a stored w × h image to its upright position, for each EXIF orientation. */
const UPRIGHT: Record<number, (x: number, y: number, w: number, h: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [h - 1 - y, x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, w) => [y, w - 1 - x],
}

/** An image of the four colours, `width` × `height` when upright, stored in the given EXIF orientation. */
export function photo({ width = 120, height = 80, orientation = 1 } = {}): Sharp {
  const [w, h] = orientation > 4 ? [height, width] : [width, height]
  const pixels = Buffer.alloc(w * h * 3)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [ux, uy] = UPRIGHT[orientation]!(x, y, w, h)
      pixels.set(CORNERS[(uy < height / 2 ? 0 : 2) + (ux < width / 2 ? 0 : 1)]!, (y * w + x) * 3)
    }
  const stored = sharp(pixels, { raw: { width: w, height: h, channels: 3 } })
  return orientation > 1 ? stored.withMetadata({ orientation }) : stored
}

/** A photo of noise, which is large enough for several pieces. */
export const noise = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: 'grey',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 95 })
    .toBuffer()

/** The four colours, half transparent. */
export const glass = (): Sharp => photo().ensureAlpha(0.5)

/** An XMP document that names a city. */
export const xmpWithCity = (city: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
  `<rdf:Description rdf:about="" xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:City="${city}"/></rdf:RDF></x:xmpmeta>`

/** A photo as phones write it, with the place, camera and author in every kind of metadata that sharp can write. */
export const tellTale = (): Sharp =>
  photo()
    .withIccProfile('p3')
    .withExif({
      IFD0: { Make: 'PlantedCamera', Artist: 'PlantedAuthor' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 33/1 59/1' },
    })
    .withXmp(xmpWithCity('PlantedPlace'))

export const FRAME_DELAYS = [50, 120, 300]

/** Three frames: the four colours, then the first colour only, then the second only. The animation plays twice. */
export async function animation(format: 'gif' | 'webp', width = 120, height = 80): Promise<Buffer> {
  const still = (background: { r: number; g: number; b: number }) =>
    sharp({ create: { width, height, channels: 3, background } })
  const [first, second] = CORNERS.map(([r, g, b]) => ({ r, g, b }))
  const frames = await Promise.all(
    [photo({ width, height }), still(first!), still(second!)].map((frame) => frame.png().toBuffer()),
  )
  const options = { delay: FRAME_DELAYS, loop: 2 }
  const joined = sharp(frames, { join: { animated: true } })
  return (format === 'gif' ? joined.gif(options) : joined.webp({ ...options, lossless: true })).toBuffer()
}

/** The smallest possible animation: one pixel, `count` times. */
export function manyFrames(count: number): Buffer {
  const header = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  const frame = Buffer.from('!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1')
  return Buffer.concat([header, ...Array<Buffer>(count).fill(frame), Buffer.from(';')])
}

/** A chunk of a PNG file, with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(Bun.hash.crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A PNG of few bytes that takes gigabytes of memory to decode. */
export function bomb(width = 30_000, height = 30_000): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8) // RGB
  const idat = pngChunk('IDAT', Buffer.from(Bun.deflateSync(Buffer.alloc(1000), { windowBits: 15 } as object)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    idat,
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * The four colours in a TIFF as scanners and editors write it: the directory first, then uncompressed pixels. Each
 * pixel can have extra channels.
 */
export async function editorsTiff(extraChannels = 0): Promise<Buffer> {
  const { data, info } = await photo().raw().toBuffer({ resolveWithObject: true })
  const samples = 3 + extraChannels
  const pixels = Buffer.alloc(info.width * info.height * samples, 77)
  for (let i = 0; i < info.width * info.height; i++) data.copy(pixels, i * samples, i * 3, i * 3 + 3)
  const entries = 10
  const bitsAt = 8 + 2 + entries * 12 + 4
  const extraAt = bitsAt + samples * 2
  const pixelsAt = extraAt + extraChannels * 2
  const out = Buffer.alloc(pixelsAt)
  out.write('II*\0\x08\0\0\0', 'latin1')
  out.writeUInt16LE(entries, 8)
  const fields: [tag: number, type: number, count: number, value: number][] = [
    [256, 4, 1, info.width],
    [257, 4, 1, info.height],
    [258, 3, samples, bitsAt],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, pixelsAt],
    [277, 3, 1, samples],
    [278, 4, 1, info.height],
    [279, 4, 1, pixels.length],
    [338, 3, extraChannels, extraChannels > 2 ? extraAt : 0],
  ]
  fields.forEach(([tag, type, count, value], i) => {
    out.writeUInt16LE(tag, 10 + i * 12)
    out.writeUInt16LE(type, 12 + i * 12)
    out.writeUInt32LE(count, 14 + i * 12)
    out.writeUInt32LE(value, 18 + i * 12)
  })
  for (let i = 0; i < samples; i++) out.writeUInt16LE(8, bitsAt + i * 2)
  return Buffer.concat([out, pixels])
}

/** The colours in the middle of the four quarters. */
async function cornersOf(picture: Uint8Array): Promise<number[][]> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels
    return [...data.subarray(start, start + info.channels)]
  }
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
}

/** The largest difference of any channel in any quarter from its expected value. */
export async function cornersOff(picture: Uint8Array, expected: number[][] = CORNERS): Promise<number> {
  const corners = await cornersOf(picture)
  return Math.max(
    ...corners.flatMap((colour, i) => expected[i]!.map((value, channel) => Math.abs(value - colour[channel]!))),
  )
}

/** The chunk types of a WebP file. Anything that could carry metadata has a type of its own. */
export function chunksOf(webp: Uint8Array): string[] {
  const bytes = Buffer.from(webp)
  const kinds: string[] = []
  for (let at = 12; at < bytes.length; ) {
    kinds.push(bytes.toString('latin1', at, at + 4))
    const size = bytes.readUInt32LE(at + 4)
    at += 8 + size + (size % 2)
  }
  return kinds
}
