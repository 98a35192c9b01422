export type Pixels = {
  width: number
  height: number
  channels: 3 | 4
  bits: 8 | 16
  rows: Iterable<Uint8Array>
  icc: Uint8Array | null
  /** How the pixels are to be turned, in the numbers of EXIF. */
  orientation?: number
}

/** A directory entry: its tag, the type and number of its values, and their bytes. */
type Field = [tag: number, type: number, count: number, bytes: Uint8Array]

const short = (tag: number, ...values: number[]): Field => [tag, 3, values.length, bytesOf(Uint16Array.from(values))]
const long = (tag: number, ...values: number[]): Field => [tag, 4, values.length, bytesOf(Uint32Array.from(values))]
const bytesOf = ({ buffer }: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) => new Uint8Array(buffer)

const ROWS_PER_STRIP = 16
const HEADER_BYTES = 8
const ENTRY_BYTES = 12

/**
 * Wraps decoded pixels in an uncompressed TIFF, because sharp's `raw` input takes no colour profile. Each channel has 8
 * or 16 bits, and a fourth channel is straight (not premultiplied) alpha. The file contains the header, the pixels, long
 * values and the directory.
 */
export function wrapAsTiff({ width, height, channels, bits, rows, icc, orientation = 1 }: Pixels): Buffer {
  const rowBytes = (width * channels * bits) / 8
  const stripBytes = rowBytes * ROWS_PER_STRIP
  const pixelBytes = rowBytes * height
  const strips = Array.from({ length: Math.ceil(height / ROWS_PER_STRIP) }, (_, i) => i * stripBytes)
  const fields = [
    long(256, width),
    long(257, height),
    short(258, ...Array<number>(channels).fill(bits)), // bits per sample
    short(259, 1), // no compression
    short(262, 2), // RGB
    long(273, ...strips.map((start) => HEADER_BYTES + start)),
    short(274, orientation),
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
  out.write('II*\0', 'latin1') // little-endian, like every machine that runs Bun
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
