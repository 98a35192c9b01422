import type { Track } from './track'

const uint16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]))

function uint32(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) out.writeUInt32BE(value, i * 4)
  return out
}

function box(kind: string, ...inside: (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(inside.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)))
  return Buffer.concat([uint32(body.length + 8), Buffer.from(kind, 'latin1'), body])
}

/** A box with a version and flags, all zero. */
const full = (kind: string, ...inside: (Uint8Array | string)[]) => box(kind, uint32(0), ...inside)

/** Writes an AVIF or HEIC file of one still picture from a picture of a track. */
export function stillOf({ codec, width, height, config, colours }: Track, data: Buffer): Buffer {
  const properties = [config, full('ispe', uint32(width, height)), ...colours]
  const isEssential = 0x80
  const list = Buffer.of(properties.length, 1 | isEssential, ...properties.slice(1).map((_, i) => i + 2))
  const brand = codec === 'av01' ? 'avif' : 'heic'
  const start = box('ftyp', brand, uint32(0), 'mif1', brand)
  const meta = (dataAt: number) =>
    full(
      'meta',
      full('hdlr', uint32(0), 'pict', Buffer.alloc(13)),
      full('pitm', uint16(1)),
      full('iloc', uint16(0x4400, 1, 1, 0, 1), uint32(dataAt, data.length)),
      full('iinf', uint16(1), box('infe', Buffer.of(2, 0, 0, 0), uint16(1, 0), codec, '\0')),
      box('iprp', box('ipco', ...properties), full('ipma', uint32(1), uint16(1), list)),
    )
  const dataAt = start.length + meta(0).length + 8
  return Buffer.concat([start, meta(dataAt), box('mdat', data)])
}
