export type Pixels = { width: number; height: number; channels: 3 | 4; rows: Iterable<Uint8Array>; icc: Uint8Array | null }

const ROWS_PER_STRIP = 16
const SHORT = 3
const LONG = 4
const UNDEFINED = 7

/**
 * Decoded pixels as an uncompressed TIFF: the cheapest envelope in which libvips takes raw pixels together with their colour
 * profile. 8 bits a channel, a fourth channel is plain (not premultiplied) alpha.
 */
export function wrapAsTiff({ width, height, channels, rows, icc }: Pixels): Buffer {
  const rowBytes = width * channels
  const strips = Math.ceil(height / ROWS_PER_STRIP)
  const tags: [tag: number, type: number, values: number[] | Uint8Array][] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array(channels).fill(8)],
    [259, SHORT, [1]], // no compression
    [262, SHORT, [2]], // RGB
    [273, LONG, Array(strips).fill(0)], // where strips begin: filled in below
    [277, SHORT, [channels]],
    [278, LONG, [ROWS_PER_STRIP]],
    [279, LONG, Array.from({ length: strips }, (_, i) => rowBytes * Math.min(ROWS_PER_STRIP, height - i * ROWS_PER_STRIP))],
    ...(channels === 4 ? [[338, SHORT, [2]] as [number, number, number[]]] : []),
    ...(icc ? [[34675, UNDEFINED, icc] as [number, number, Uint8Array]] : []),
  ]
  const sizeOf = (type: number) => (type === SHORT ? 2 : type === LONG ? 4 : 1)
  const directoryEnd = 8 + 2 + tags.length * 12 + 4
  const even = (n: number) => n + (n % 2)
  const pixelsAt = tags.reduce(
    (at, [, type, { length }]) => (length * sizeOf(type) > 4 ? at + even(length * sizeOf(type)) : at),
    directoryEnd,
  )
  tags[5]![2] = Array.from({ length: strips }, (_, i) => pixelsAt + i * ROWS_PER_STRIP * rowBytes)

  const out = Buffer.alloc(pixelsAt + rowBytes * height)
  out.write('II*\0\x08\0\0\0', 'latin1')
  out.writeUInt16LE(tags.length, 8)
  let entry = 10
  let extra = directoryEnd
  for (const [tag, type, values] of tags) {
    const size = values.length * sizeOf(type)
    out.writeUInt16LE(tag, entry)
    out.writeUInt16LE(type, entry + 2)
    out.writeUInt32LE(values.length, entry + 4)
    let at = entry + 8
    if (size > 4) {
      out.writeUInt32LE(extra, at)
      at = extra
      extra += even(size)
    }
    for (const value of values)
      at = type === SHORT ? out.writeUInt16LE(value, at) : type === LONG ? out.writeUInt32LE(value, at) : out.writeUInt8(value, at)
    entry += 12
  }
  let at = pixelsAt
  for (const row of rows) {
    out.set(row, at)
    at += rowBytes
  }
  return out
}
