import sharp, { type Metadata } from 'sharp'
import { readable, type Still, shrink } from '../still'
import { wrapAsTiff } from '../tiff'
import { type ColourNumbers, DISPLAY_P3, isUsual, SRGB_CURVE } from './numbers'
import { matrixOf, multiply, toLinear } from './srgb'

/**
 * Photos in Display P3, the colours of phones and of their screens. Everything else becomes sRGB, and so does a photo in
 * Display P3 that shows nothing else; see docs/decisions/photos.md.
 */
export const isP3 = (numbers: ColourNumbers | null, { icc, channels, space }: Metadata): boolean =>
  channels >= 3 && space !== 'cmyk' && (numbers ? isP3ByNumbers(numbers) : icc !== undefined && isP3Profile(icc))

const isP3ByNumbers = ({ primaries, transfer }: ColourNumbers) =>
  primaries === DISPLAY_P3 && isUsual({ primaries: 1, transfer })

/** Red, green and blue as profiles describe those of Display P3, adapted to the light of a print. */
const COLORANTS: Record<string, [x: number, y: number, z: number]> = {
  rXYZ: [0.51512, 0.2412, -0.00105],
  gXYZ: [0.29198, 0.69225, 0.04189],
  bXYZ: [0.1571, 0.06657, 0.78407],
}
const CLOSE = 0.002

/** The exponent in the curve of sRGB, which Display P3 shares. */
const GAMMA = 2.4

/** Whether a profile is that of Display P3, by its tags: https://www.color.org/specification/ICC.1-2022-05.pdf. */
function isP3Profile(icc: Buffer): boolean {
  const tags = tagsOf(icc)
  const number = (at: number) => icc.readInt32BE(at) / 65_536
  const isColorant = (kind: string) => {
    const at = tags.get(kind)
    return at !== undefined && COLORANTS[kind]!.every((value, i) => Math.abs(number(at + 8 + i * 4) - value) < CLOSE)
  }
  const curve = tags.get('rTRC')
  const isCurve = curve !== undefined && icc.toString('latin1', curve, curve + 4) === 'para'
  try {
    return isCurve && Math.abs(number(curve + 12) - GAMMA) < CLOSE && Object.keys(COLORANTS).every(isColorant)
  } catch (error) {
    if (error instanceof RangeError) return false // a tag ends behind the profile
    throw error
  }
}

const TAGS_AT = 128
const MOST_TAGS = 100

/** Where the tags of a profile begin. */
function tagsOf(icc: Buffer): Map<string, number> {
  const tags = new Map<string, number>()
  const count = icc.length < TAGS_AT + 4 ? 0 : Math.min(icc.readUInt32BE(TAGS_AT), MOST_TAGS)
  for (let at = TAGS_AT + 4; tags.size < count && at + 12 <= icc.length; at += 12) {
    const place = icc.readUInt32BE(at + 4)
    if (place + 24 > icc.length) break
    tags.set(icc.toString('latin1', at, at + 4), place)
  }
  return tags
}

/** Turns stored pixels in Display P3 into a picture in sRGB, which can also be opened with all of its colours. */
export async function openP3(stored: Still): Promise<Still> {
  const { data, info } = await readable(stored.open().raw().toBuffer({ resolveWithObject: true }))
  const { width, height, channels } = info
  if (channels < 3) return stored
  const icc = await profile()
  const tiff = wrapAsTiff({ width, height, channels: channels === 4 ? 4 : 3, bits: 8, rows: [data], icc })
  const narrow = await readable(sharp(tiff).raw().toBuffer())
  const open = () => sharp(narrow, { raw: { width, height, channels } })
  const openWide = () => sharp(tiff, { ignoreIcc: true }).keepIccProfile()
  return (await isVivid(stored)) ? { open, openWide } : { open }
}

let made: Promise<Buffer> | undefined

/** A small profile of Display P3 without a name or a maker, the same for every photo. */
const profile = () => {
  made ??= sharp({ create: { width: 1, height: 1, channels: 3, background: 'black' } })
    .withIccProfile('p3')
    .png()
    .toBuffer()
    .then((png) => sharp(png).metadata())
    .then(({ icc }) => icc!)
  return made
}

const SEEN_SIDE = 240

/** How much light of a colour may be missing or too much until one sees it. */
const VISIBLE = 0.02

/** How many of the pixels must have colours that sRGB lacks, until it is worth keeping them. */
const VIVID_PART = 0.01

/** Whether a picture in Display P3 shows colours that sRGB does not have. */
async function isVivid(stored: Still): Promise<boolean> {
  const small = shrink(stored.open(), SEEN_SIDE).removeAlpha().raw()
  const pixels = await readable(small.toBuffer())
  const light = new Float64Array(3)
  const matrix = matrixOf(DISPLAY_P3)!
  let vivid = 0
  for (let at = 0; at < pixels.length; at += 3) {
    for (let i = 0; i < 3; i++) light[i] = LINEAR[pixels[at + i]!]!
    multiply(light, matrix)
    if (light.some((value) => value < -VISIBLE || value > 1 + VISIBLE)) vivid++
  }
  return vivid >= (pixels.length / 3) * VIVID_PART
}

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => toLinear(value / 255, SRGB_CURVE))
