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

/** The beginning of a square JPEG XL picture with sides of this many pixels, by ISO/IEC 18181-1. */
export function jxlHeader(side: number): Uint8Array {
  const bits: number[] = []
  const put = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >>> i) & 1)
  }
  put(0, 1) // the size is no multiple of eight pixels below 257
  put(3, 2) // the height has 30 bits
  put(side - 1, 30)
  put(1, 3) // the width is the same
  put(1, 1) // the colours are as usual
  put(1, 1) // and so is how they were transformed
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((sum, bit, at) => sum | (bit << at), 0),
  )
  return Uint8Array.from([0xff, 0x0a, ...bytes])
}
