const EXTRA_SAMPLES = 338

/**
 * What a TIFF file says about the first sample besides the colours: 0 if its meaning is not specified, 1 or 2 if it is
 * transparency. Returns null when the file does not say anything. Both the usual and the large form (BigTIFF) are read.
 */
export async function extraSample(path: string): Promise<number | null> {
  const file = Bun.file(path)
  const read = async (from: number, bytes: number) => new DataView(await file.slice(from, from + bytes).arrayBuffer())
  try {
    const head = await read(0, 16)
    const isLittle = head.getUint16(0) === 0x4949
    const isBig = head.getUint16(2, isLittle) === 43
    const directory = isBig ? Number(head.getBigUint64(8, isLittle)) : head.getUint32(4, isLittle)
    const [countBytes, entryBytes] = isBig ? [8, 20] : [2, 12]
    const start = await read(directory, countBytes)
    const count = isBig ? Number(start.getBigUint64(0, isLittle)) : start.getUint16(0, isLittle)
    const entries = await read(directory + countBytes, Math.min(count, 0xffff) * entryBytes)
    for (let at = 0; at + entryBytes <= entries.byteLength; at += entryBytes)
      if (entries.getUint16(at, isLittle) === EXTRA_SAMPLES) return entries.getUint16(at + (isBig ? 12 : 8), isLittle)
    return null
  } catch (error) {
    if (error instanceof RangeError) return null // the file ends before its directory
    throw error
  }
}
