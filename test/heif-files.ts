import { box, uint32 } from './mp4-boxes'

/** A coded picture: its kind (`av01` or `hvc1`), its decoder configuration box, and its data. */
export type Coded = { kind: string; config: Buffer; data: Buffer; width: number; height: number }

const uint16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]))
const full = (kind: string, ...inside: (Uint8Array | string)[]) => box(kind, uint32(0), ...inside)

/** Takes the main picture out of a HEIC or AVIF file that contains it as its first item, in one piece. */
export function codedIn(file: Buffer): Coded {
  const kind = file.includes('hvcC') ? 'hvc1' : 'av01'
  const sizeAt = file.indexOf('ispe') + 8
  const [width, height] = [file.readUInt32BE(sizeAt), file.readUInt32BE(sizeAt + 4)]
  const config = boxNamed(file, kind === 'hvc1' ? 'hvcC' : 'av1C')
  return { kind, config, data: firstItem(file), width, height }
}

/** The first box of a kind in the file, with its header. */
export function boxNamed(file: Buffer, kind: string): Buffer {
  const at = file.indexOf(kind) - 4
  return file.subarray(at, at + file.readUInt32BE(at))
}

/** Reads the place of the first item from its list, whose fields have sizes of their own. */
function firstItem(file: Buffer): Buffer {
  const at = file.indexOf('iloc') + 4
  const version = file[at]!
  const [offsetBytes, lengthBytes, baseBytes] = [file[at + 4]! >> 4, file[at + 4]! & 15, file[at + 5]! >> 4]
  let next = at + (version < 2 ? 8 : 10) + (version < 2 ? 2 : 4) + (version > 0 ? 2 : 0) + 2
  const read = (bytes: number) => {
    const value = bytes ? file.readUIntBE(next, bytes) : 0
    next += bytes
    return value
  }
  const base = read(baseBytes)
  next += 2 // the number of pieces
  const [offset, length] = [read(offsetBytes), read(lengthBytes)]
  return file.subarray(base + offset, base + offset + length)
}

/**
 * A second item, and how it refers to the main picture: `thmb` is a thumbnail, `auxl` depth or a gain map, and `cdsc`
 * describes it.
 */
export type Second = { coded: Coded; reference: 'thmb' | 'auxl' | 'cdsc' }

/** An item of EXIF data that says who made the camera and how the picture is turned. */
export function exifItem(make: string, orientation: number): Second {
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([uint16(tag, type), uint32(count), value])
  const text = Buffer.from(`${make.padEnd(11)}\0`)
  const entries = [entry(0x10f, 2, 12, uint32(38)), entry(0x112, 3, 1, uint16(orientation, 0))]
  const data = Buffer.concat([
    uint32(0),
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    uint16(2),
    ...entries,
    uint32(0),
    text,
  ])
  return { coded: { kind: 'Exif', config: Buffer.alloc(0), data, width: 0, height: 0 }, reference: 'cdsc' }
}

/** Properties of the main picture: it is cropped to a rectangle, or turned by quarters counterclockwise. */
export type Shown = { crop?: { x: number; y: number; width: number; height: number }; turns?: number; colours?: Buffer }

/** Writes a HEIC or AVIF file of one picture that is shown, and perhaps another one that is not. */
export function heifFile(main: Coded, { crop, turns, colours }: Shown = {}, second?: Second): Buffer {
  const items = [main, ...(second ? [second.coded] : [])]
  const properties: Buffer[] = []
  const ofItems = items.map(() => [] as number[])
  const give = (item: number, property: Buffer, isEssential = false) => {
    properties.push(property)
    ofItems[item]!.push(properties.length | (isEssential ? 0x80 : 0))
  }
  for (const [i, { kind, config, width, height }] of items.entries()) {
    if (kind === 'Exif') continue
    give(i, config, true)
    give(i, full('ispe', uint32(width, height)))
  }
  if (colours) give(0, colours)
  if (crop) {
    const middle = (at: number, size: number, whole: number) => [2 * at + size - whole, 2]
    const offsets = [...middle(crop.x, crop.width, main.width), ...middle(crop.y, crop.height, main.height)]
    give(0, box('clap', uint32(crop.width, 1, crop.height, 1, ...offsets)), true)
  }
  if (turns !== undefined) give(0, box('irot', Buffer.of(turns)), true)
  if (second?.reference === 'auxl') give(1, full('auxC', 'urn:mpeg:mpegB:cicp:systems:auxiliary:depth\0'), true)

  const isHevc = main.kind === 'hvc1'
  const ftyp = box('ftyp', isHevc ? 'heic' : 'avif', uint32(0), 'mif1', isHevc ? 'heic' : 'avif')
  const infos = items.map(({ kind }, i) => box('infe', Buffer.of(2, 0, 0, i), uint16(i + 1, 0), kind, '\0'))
  const associations = ofItems.flatMap((of, i) => [uint16(i + 1), Buffer.of(of.length, ...of)])
  const meta = (dataAt: number) =>
    full(
      'meta',
      full('hdlr', uint32(0), 'pict', Buffer.alloc(13)),
      full('pitm', uint16(1)),
      full(
        'iloc',
        uint16(0x4400, items.length),
        ...items.map(({ data }, i) =>
          Buffer.concat([uint16(i + 1, 0, 1), uint32(dataAt + (i ? main.data.length : 0), data.length)]),
        ),
      ),
      full('iinf', uint16(items.length), ...infos),
      box('iprp', box('ipco', ...properties), full('ipma', uint32(items.length), ...associations)),
      ...(second ? [full('iref', box(second.reference, uint16(2, 1, 1)))] : []),
    )
  const dataAt = ftyp.length + meta(0).length + 8
  return Buffer.concat([ftyp, meta(dataAt), box('mdat', ...items.map(({ data }) => data))])
}

/** Takes the first picture out of an MP4 of HEVC whose first sample is in its first chunk. */
export function firstInMovie(file: Buffer): Coded {
  const size = boxNamed(file, 'stsz')
  const length = size.readUInt32BE(12) || size.readUInt32BE(20)
  const offset = boxNamed(file, 'stco').readUInt32BE(16)
  const entry = file.indexOf('hvc1', file.indexOf('stsd'))
  const [width, height] = [file.readUInt16BE(entry + 28), file.readUInt16BE(entry + 30)]
  return { kind: 'hvc1', config: boxNamed(file, 'hvcC'), data: file.subarray(offset, offset + length), width, height }
}

/** The box that names colours by numbers, as ITU-T H.273 does, for brightness in the full range. */
export const colourNumbers = (primaries: number, transfer: number, matrix: number) =>
  box('colr', 'nclx', uint16(primaries, transfer, matrix), Buffer.of(0x80))

/** Writes a HEIC or AVIF file of one picture that is put together from the same tile again and again. */
export function tiledFile(tile: Coded, across: number, down: number): Buffer {
  const tiles = Array.from({ length: across * down }, (_, i) => i + 2)
  const [width, height] = [tile.width * across, tile.height * down]
  const grid = Buffer.concat([Buffer.of(0, 0, down - 1, across - 1), uint16(width, height)])
  const brand = tile.kind === 'hvc1' ? 'heic' : 'avif'
  const ftyp = box('ftyp', brand, uint32(0), 'mif1', brand)
  const size = (w: number, h: number) => full('ispe', uint32(w, h))
  const item = (id: number, kind: string) => box('infe', Buffer.of(2, 0, 0, 0), uint16(id, 0), kind, '\0')
  const place = (id: number, at: number, bytes: number) => Buffer.concat([uint16(id, 0, 1), uint32(at, bytes)])
  const ofTile = (id: number) => Buffer.concat([uint16(id), Buffer.of(2, 0x81, 2)])
  const meta = (at: number) =>
    full(
      'meta',
      full('hdlr', uint32(0), 'pict', Buffer.alloc(13)),
      full('pitm', uint16(1)),
      full(
        'iloc',
        uint16(0x4400, tiles.length + 1),
        place(1, at, grid.length),
        ...tiles.map((id) => place(id, at + grid.length, tile.data.length)),
      ),
      full('iinf', uint16(tiles.length + 1), item(1, 'grid'), ...tiles.map((id) => item(id, tile.kind))),
      full('iref', box('dimg', uint16(1, tiles.length), ...tiles.map((id) => uint16(id)))),
      box(
        'iprp',
        box('ipco', tile.config, size(tile.width, tile.height), size(width, height)),
        full('ipma', uint32(tiles.length + 1), uint16(1), Buffer.of(1, 3), ...tiles.map(ofTile)),
      ),
    )
  const at = ftyp.length + meta(0).length + 8
  return Buffer.concat([ftyp, meta(at), box('mdat', grid, tile.data)])
}

/**
 * A sequence of pictures, each of which is shown for 100 ms, without a still besides. They say that they do not depend on
 * each other, or that all depend on the first one.
 */
export function sequenceOf(frames: Coded[], { isChain = false } = {}): Buffer {
  const zero = uint32(0)
  const { kind, width, height, config } = frames[0]!
  const size = uint16(width, height)
  const entry = box(kind, Buffer.alloc(6), Buffer.of(0, 1), Buffer.alloc(16), size, Buffer.alloc(50), config)
  const movie = (dataAt: number) => {
    const table = box(
      'stbl',
      box('stsd', zero, uint32(1), entry),
      box('stts', zero, uint32(1, frames.length, 100)),
      box('stsc', zero, uint32(1, 1, frames.length, 1)),
      box('stsz', zero, uint32(0, frames.length, ...frames.map(({ data }) => data.length))),
      box('stco', zero, uint32(1, dataAt)),
      ...(isChain ? [box('stss', zero, uint32(1, 1))] : []),
    )
    const handler = box('hdlr', zero, zero, 'pict', Buffer.alloc(13))
    const header = box('mdhd', zero, uint32(0, 0, 1000, 100 * frames.length, 0))
    const media = box('mdia', header, handler, box('minf', table))
    return box('moov', box('mvhd', Buffer.alloc(100)), box('trak', box('tkhd', Buffer.alloc(84)), media))
  }
  const brand = kind === 'av01' ? 'avis' : 'hevc'
  const start = box('ftyp', brand, zero, brand, 'msf1')
  const dataAt = start.length + movie(0).length + 8
  return Buffer.concat([start, movie(dataAt), box('mdat', ...frames.map(({ data }) => data))])
}
