export type Pixels = {
  width: number
  height: number
  channels: 3 | 4
  rows: Iterable<Uint8Array>
  icc: Uint8Array | null
}

/** A directory entry: what it is about, the type of its values, how many they are, and their bytes. */
type Field = [tag: number, type: number, count: number, bytes: Uint8Array]

const short = (tag: number, ...values: number[]): Field => [tag, 3, values.length, bytesOf(Uint16Array.from(values))]
const long = (tag: number, ...values: number[]): Field => [tag, 4, values.length, bytesOf(Uint32Array.from(values))]
const bytesOf = ({ buffer }: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) => new Uint8Array(buffer)

const ROWS_PER_STRIP = 16
const HEADER_BYTES = 8
const ENTRY_BYTES = 12

/**
 * Decoded pixels as an uncompressed TIFF: the cheapest envelope in which libvips takes raw pixels together with their colour
 * profile. 8 bits a channel; a fourth channel is plain (not premultiplied) alpha. Header, pixels, long values, directory.
 */
export function wrapAsTiff({ width, height, channels, rows, icc }: Pixels): Buffer {
  const rowBytes = width * channels
  const stripBytes = rowBytes * ROWS_PER_STRIP
  const pixelBytes = rowBytes * height
  const strips = Array.from({ length: Math.ceil(height / ROWS_PER_STRIP) }, (_, i) => i * stripBytes)
  const fields = [
    long(256, width),
    long(257, height),
    short(258, ...Array<number>(channels).fill(8)), // bits
    short(259, 1), // not compressed
    short(262, 2), // RGB
    long(273, ...strips.map((start) => HEADER_BYTES + start)),
    short(277, channels),
    long(278, ROWS_PER_STRIP),
    long(279, ...strips.map((start) => Math.min(stripBytes, pixelBytes - start))),
  ]
  if (channels === 4) fields.push(short(338, 2))
  if (icc) fields.push([34675, 7, icc.length, icc])

  const longFields = fields.filter(([, , , bytes]) => bytes.length > 4)
  const valuesAt = even(HEADER_BYTES + pixelBytes)
  const directoryAt = longFields.reduce((at, [, , , bytes]) => even(at + bytes.length), valuesAt)
  const out = Buffer.alloc(directoryAt + 2 + fields.length * ENTRY_BYTES + 4)
  out.write('II*\0', 'latin1') // little-endian, as every machine is that Bun runs on
  out.writeUInt32LE(directoryAt, 4)
  writeRows(out, rows, rowBytes)
  writeDirectory(out, fields, directoryAt, valuesAt)
  return out
}

function writeRows(out: Buffer, rows: Iterable<Uint8Array>, rowBytes: number) {
  let at = HEADER_BYTES
  for (const row of rows) {
    out.set(row, at)
    at += rowBytes
  }
}

function writeDirectory(out: Buffer, fields: Field[], directoryAt: number, valuesAt: number) {
  let entryAt = out.writeUInt16LE(fields.length, directoryAt)
  for (const [tag, type, count, bytes] of fields) {
    out.writeUInt16LE(tag, entryAt)
    out.writeUInt16LE(type, entryAt + 2)
    out.writeUInt32LE(count, entryAt + 4)
    if (bytes.length <= 4) out.set(bytes, entryAt + 8)
    else {
      out.writeUInt32LE(valuesAt, entryAt + 8)
      out.set(bytes, valuesAt)
      valuesAt = even(valuesAt + bytes.length)
    }
    entryAt += ENTRY_BYTES
  }
}

const even = (n: number) => n + (n % 2)
