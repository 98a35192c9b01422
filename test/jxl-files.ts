import sharp, { type Sharp } from 'sharp'

type Encoder = {
  encode(pixels: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null
}

/** Encodes a picture as JPEG XL with the reference encoder, which is not the decoder that reads it. */
export async function jxl(picture: Sharp): Promise<Uint8Array> {
  const folder = new URL('../node_modules/@jsquash/jxl/', import.meta.url)
  const [{ default: createEncoder }, { defaultOptions }] = await Promise.all(
    ['codec/enc/jxl_enc.js', 'meta.js'].map((name) => import(new URL(name, folder).href)),
  )
  const wasmBinary = await Bun.file(new URL('codec/enc/jxl_enc.wasm', folder)).bytes()
  const encoder: Encoder = await createEncoder({ wasmBinary, noInitialRun: true })
  const drawn = await picture.raw().toBuffer({ resolveWithObject: true })
  const { data, info } = await sharp(drawn.data, { raw: drawn.info })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const made = encoder.encode(new Uint8ClampedArray(data), info.width, info.height, { ...defaultOptions, quality: 95 })
  if (!made) throw new Error('The encoder of JPEG XL failed.')
  return new Uint8Array(made)
}

/** Bits of a stream, which fill each byte from the lowest on. */
function packed(bits: number[]): Uint8Array {
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((sum, bit, at) => sum | (bit << at), 0),
  )
  return Uint8Array.from([0xff, 0x0a, ...bytes])
}

const put = (value: number, count: number) => Array.from({ length: count }, (_, i) => (value >>> i) & 1)

/** A height of 30 bits, since the size is no multiple of eight pixels below 257, and the same width. */
const square = (side: number) => [...put(0, 1), ...put(3, 2), ...put(side - 1, 30), ...put(1, 3)]

/** The beginning of a square JPEG XL picture with sides of this many pixels, by ISO/IEC 18181-1. */
export function jxlHeader(side: number): Uint8Array {
  const coloursAreUsual = put(1, 1)
  const transformIsUsual = put(1, 1)
  return packed([...square(side), ...coloursAreUsual, ...transformIsUsual])
}

/** The header of a moving JPEG XL picture that also has a size to be shown in and a preview. */
export function movingJxlHeader(ticksPerSecond: number): Uint8Array {
  const isUsual = put(0, 1)
  const hasMore = put(1, 1)
  const upright = put(0, 3)
  const shownSize = [...put(1, 1), ...square(77)]
  const inEights = put(1, 1)
  const preview = [...put(1, 1), ...inEights, ...put(2, 2), ...put(3, 5), ...put(0, 3), ...put(0, 2)]
  const ticks = [...put(1, 1), ...put(3, 2), ...put(ticksPerSecond - 1, 30)]
  return packed([...square(900), ...isUsual, ...hasMore, ...upright, ...shownSize, ...preview, ...ticks])
}
