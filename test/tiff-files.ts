/** A field of a directory: its tag, type, number of values, and the value, or the bytes of several ones. */
export type Field = readonly [tag: number, type: number, count: number, value: number | Buffer]

type Plain = { width: number; height: number; pixels: Buffer; fields: readonly Field[] }

/** Writes an uncompressed TIFF with one strip of pixels. The fields say what the pixels mean. */
export function plainTiff({ width, height, pixels, fields }: Plain): Buffer {
  const all = [
    ...([
      [256, 4, 1, width],
      [257, 4, 1, height],
      [259, 3, 1, 1],
      [273, 4, 1, 8],
    ] as const),
    ...([
      [278, 4, 1, height],
      [279, 4, 1, pixels.length],
    ] as const),
    ...fields,
  ].sort(([a], [b]) => a - b)
  const longAt = 8 + pixels.length
  const longs = all.flatMap(([, , , value]) => (typeof value === 'number' ? [] : [value]))
  const directoryAt = longAt + longs.reduce((sum, { length }) => sum + length, 0)
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(directoryAt, 4)
  const directory = Buffer.alloc(2 + all.length * 12 + 4)
  directory.writeUInt16LE(all.length)
  let next = longAt
  for (const [i, [tag, type, count, value]] of all.entries()) {
    directory.writeUInt16LE(tag, 2 + i * 12)
    directory.writeUInt16LE(type, 4 + i * 12)
    directory.writeUInt32LE(count, 6 + i * 12)
    directory.writeUInt32LE(typeof value === 'number' ? value : next, 10 + i * 12)
    if (typeof value !== 'number') next += value.length
  }
  return Buffer.concat([head, pixels, ...longs, directory])
}
