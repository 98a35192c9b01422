/** The directory of a TIFF file: for each tag, where its values stand in the file, and the first one if it is short. */
export type TiffTags = { isLittle: boolean; tags: Map<number, { at: number; first: number }> }

/** Tags of TIFF 6.0 that decide how a picture is read. */
export const TAG = {
  compression: 259,
  photometric: 262,
  make: 271,
  orientation: 274,
  samples: 277,
  whitePoint: 318,
  extraSamples: 338,
} as const

/** The bytes of a value of each type. */
const BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** Reads the first directory of a TIFF file, in its usual and its large form (BigTIFF). Null when the file is cut. */
export async function readTiffTags(file: Blob): Promise<TiffTags | null> {
  const read = async (from: number, bytes: number) => new DataView(await file.slice(from, from + bytes).arrayBuffer())
  try {
    const head = await read(0, 16)
    const isLittle = head.getUint16(0) === 0x4949
    const isBig = head.getUint16(2, isLittle) === 43
    const long = (view: DataView, at: number) =>
      isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle)
    const directory = long(head, isBig ? 8 : 4)
    const [countBytes, entryBytes, valueAt] = isBig ? [8, 20, 12] : [2, 12, 8]
    const start = await read(directory, countBytes)
    const count = isBig ? long(start, 0) : start.getUint16(0, isLittle)
    const entries = await read(directory + countBytes, Math.min(count, 0xffff) * entryBytes)
    const tags: TiffTags['tags'] = new Map()
    for (let entry = 0; entry + entryBytes <= entries.byteLength; entry += entryBytes) {
      const bytes = (BYTES[entries.getUint16(entry + 2, isLittle)] ?? 0) * long(entries, entry + 4)
      const isHere = bytes <= entryBytes - valueAt
      const at = isHere ? directory + countBytes + entry + valueAt : long(entries, entry + valueAt)
      const first = entries.getUint16(entry + valueAt, isLittle)
      tags.set(entries.getUint16(entry, isLittle), { at, first })
    }
    return { isLittle, tags }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * What a TIFF file says about the first sample besides the colours: 0 if its meaning is not specified, 1 or 2 if it is
 * transparency. Null when the file does not say anything.
 */
export const extraSample = (tags: TiffTags | null) => tags?.tags.get(TAG.extraSamples)?.first ?? null

/** How TIFF files are compressed that libvips cannot read. */
export const UNREAD_COMPRESSIONS: Record<number, string> = {
  34661: 'JBIG',
  34712: 'JPEG 2000',
  34713: 'Nikon NEF',
  34892: 'DNG',
  34925: 'LZMA',
  50002: 'JPEG XL',
}
