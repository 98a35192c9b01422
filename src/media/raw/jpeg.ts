const MARKER = 0xff
const START = 0xd8
/** Frames that every decoder reads: baseline, extended and progressive. Raw data is compressed without loss. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const OTHER_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]
const EXIF_SEGMENT = 0xe1

export type JpegHead = { width: number; height: number; hasExif: boolean }

/** Reads the size of a JPEG from its beginning. Null for anything that is not a photo. */
export function readJpegHead(bytes: Buffer): JpegHead | null {
  if (bytes[0] !== MARKER || bytes[1] !== START) return null
  let hasExif = false
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const kind = bytes[at + 1]!
    if (bytes[at] !== MARKER || OTHER_FRAMES.includes(kind)) return null
    if (kind === EXIF_SEGMENT && bytes.toString('latin1', at + 4, at + 8) === 'Exif') hasExif = true
    if (FRAMES.includes(kind)) {
      const isPhoto = bytes[at + 4] === 8 && bytes[at + 9] === 3
      return isPhoto ? { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), hasExif } : null
    }
  }
  return null
}

/** Adds a note to a JPEG how it is to be turned, in the numbers of EXIF. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.alloc(36)
  exif.writeUInt16BE(0xffe1, 0)
  exif.writeUInt16BE(34, 2)
  exif.write('Exif\0\0II*\0\x08\0\0\0\x01\0', 4, 'latin1')
  exif.writeUInt16LE(274, 20)
  exif.writeUInt16LE(3, 22)
  exif.writeUInt32LE(1, 24)
  exif.writeUInt16LE(orientation, 28)
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)])
}
