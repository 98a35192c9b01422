import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { wrapAsTiff } from '../tiff'
import { encoded } from './srgb'

/** Whether a picture holds one floating-point number for each pixel. */
export const isFloatGrey = ({ depth, space }: Metadata) => depth === 'float' && space === 'b-w'

/**
 * Converts a grey TIFF of floating-point numbers up to 1, which libvips takes for numbers up to 255 and shows black, to
 * one in sRGB. The numbers are linear light, as libvips reads them in colour pictures. Returns null for larger numbers.
 */
export async function floatGreyToTiff(path: string, limits: SharpOptions): Promise<Buffer | null> {
  const upright = sharp(path, limits).autoOrient().removeAlpha().raw({ depth: 'float' })
  const { data, info } = await upright.toBuffer({ resolveWithObject: true })
  const light = new Float32Array(data.buffer, data.byteOffset, data.length / 4)
  if (light.some((value) => value > 1)) return null
  const { width, height, channels } = info
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) pixels.fill(encoded(light[i * channels]!), i * 3, i * 3 + 3)
  return wrapAsTiff({ width, height, channels: 3, bits: 8, rows: [pixels], icc: null })
}
