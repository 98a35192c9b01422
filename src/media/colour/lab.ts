import sharp, { type SharpOptions } from 'sharp'
import { wrapAsTiff } from '../tiff'
import { TAG, type TiffTags } from '../tiff-tags'
import { encoded, type Matrix, multiply } from './srgb'

/** The photometric interpretations of TIFF that are used here. */
const RGB = 2
const LAB = 8

/** Linear light of BT.709 from XYZ, for the white of daylight (D65), and for that of paper (D50) by Bradford. */
const FROM_D65: Matrix = [
  3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259, 1.0572252,
]
const FROM_D50: Matrix = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
]
const D65 = [0.95047, 1, 1.08883] as const
const D50 = [0.96422, 1, 0.82521] as const

/** Whether a TIFF holds the three channels of CIE L*a*b*. */
export const isLab = ({ tags }: TiffTags) =>
  tags.get(TAG.photometric)?.first === LAB && tags.get(TAG.samples)?.first === 3

/**
 * Converts a TIFF in CIE L*a*b* with 8 bits per channel, which libvips refuses, to one in sRGB. It is read as if it were
 * in red, green and blue. The white is that of paper, unless the file names another one, as ImageMagick does.
 */
export async function labToTiff(path: string, { isLittle, tags }: TiffTags, limits: SharpOptions): Promise<Buffer> {
  const file = Buffer.from(await Bun.file(path).bytes())
  file[tags.get(TAG.photometric)!.at + (isLittle ? 0 : 1)] = RGB
  const at = tags.get(TAG.whitePoint)?.at
  const long = (from: number) => (isLittle ? file.readUInt32LE(from) : file.readUInt32BE(from))
  const x = at !== undefined && at + 8 <= file.length ? long(at) / long(at + 4) : 0
  const upright = sharp(file, { ...limits, ignoreIcc: true })
    .autoOrient()
    .raw()
  const { data, info } = await upright.toBuffer({ resolveWithObject: true })
  const pixels = labToSrgb(data, Math.abs(x - 0.3127) < 0.002)
  return wrapAsTiff({ width: info.width, height: info.height, channels: 3, bits: 8, rows: [pixels], icc: null })
}

/** Converts L*a*b* with 8 bits per channel, of which a* and b* are signed, to sRGB. */
function labToSrgb(pixels: Uint8Array, isDaylight: boolean): Buffer {
  const [white, matrix] = isDaylight ? [D65, FROM_D65] : [D50, FROM_D50]
  const signed = new Int8Array(pixels.buffer, pixels.byteOffset, pixels.length)
  const light = new Float64Array(3)
  const out = Buffer.alloc(pixels.length)
  for (let at = 0; at < pixels.length; at += 3) {
    const y = ((pixels[at]! / 255) * 100 + 16) / 116
    light[0] = white[0] * linear(y + signed[at + 1]! / 500)
    light[1] = linear(y)
    light[2] = white[2] * linear(y - signed[at + 2]! / 200)
    multiply(light, matrix)
    for (let i = 0; i < 3; i++) out[at + i] = encoded(light[i]!)
  }
  return out
}

const linear = (root: number) => (root > 6 / 29 ? root ** 3 : 3 * (6 / 29) ** 2 * (root - 4 / 29))
