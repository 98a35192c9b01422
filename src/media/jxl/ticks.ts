import { inside } from '../boxes'

/** The header that holds the number is much shorter, even with a preview. */
const HEADER_BYTES = 64

/**
 * Reads how many ticks per second the frames of a moving JPEG XL file are timed in, as the numerator of a fraction, by
 * ISO/IEC 18181-1. The decoder does not tell, and its durations cannot be understood without. Null for a still picture.
 */
export function ticksPerSecond(file: Uint8Array): number | null {
  const bits = new Bits(startOf(file))
  bits.take(16) // the signature
  const ofPicture = [() => bits.take(5), () => bits.choose([9, 13, 18, 30], [1, 1, 1, 1])] as const
  const ofPreview = [
    () => bits.choose([0, 0, 5, 9], [16, 32, 1, 33]),
    () => bits.choose([6, 8, 10, 12], [1, 65, 321, 1345]),
  ] as const
  skipSize(bits, ...ofPicture)
  const isUsual = bits.take(1) === 1
  const hasMore = !isUsual && bits.take(1) === 1
  if (!hasMore) return null
  bits.take(3) // which way up it is
  if (bits.take(1)) skipSize(bits, ...ofPicture)
  if (bits.take(1)) skipSize(bits, ...ofPreview)
  return bits.take(1) ? bits.choose([0, 0, 10, 30], [100, 1000, 1, 1]) : null
}

/** The start of the stream. A file is either the stream itself or consists of boxes, in which it may be in parts. */
function startOf(file: Uint8Array): Uint8Array {
  if (file[0] === 0xff) return file.subarray(0, HEADER_BYTES)
  const parts: Uint8Array[] = []
  for (const [kind, { buffer, byteOffset, byteLength }] of inside(
    new DataView(file.buffer, file.byteOffset, file.byteLength),
  ))
    if (kind === 'jxlc' || kind === 'jxlp') {
      const numberBytes = kind === 'jxlp' ? Math.min(4, byteLength) : 0
      const length = Math.min(HEADER_BYTES, byteLength - numberBytes)
      parts.push(new Uint8Array(buffer, byteOffset + numberBytes, length))
    }
  return Buffer.concat(parts)
}

/** Skips a height and, unless it follows from the height, a width. Those that are multiples of eight are shorter. */
function skipSize(bits: Bits, inEights: () => unknown, inPixels: () => unknown) {
  const skip = bits.take(1) ? inEights : inPixels
  skip()
  const hasRatio = bits.take(3) > 0
  if (!hasRatio) skip()
}

/** Reads a stream from the lowest bit of each byte on. Behind its end there are zeros. */
class Bits {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++, this.at++)
      value += (((this.bytes[this.at >> 3] ?? 0) >> (this.at & 7)) & 1) * 2 ** i
    return value
  }

  /** A number in one of four forms: each has a length in bits, and a least value to which they are added. */
  choose(lengths: number[], least: number[]): number {
    const form = this.take(2)
    return least[form]! + this.take(lengths[form]!)
  }
}
