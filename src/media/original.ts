import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import type { Edit } from '../../shapes/edits'
import { floatGreyToTiff, isFloatGrey } from './colour/float-grey'
import { isLab, labToTiff } from './colour/lab'
import { type ColourNumbers, colourNumbersInPng, isHdr, isUsual, readColourNumbers } from './colour/numbers'
import { toSrgb } from './colour/srgb'
import { isP3 as hasP3, openP3 } from './colour/wide'
import { BadMedia, type Note } from './errors'
import { heicToTiff } from './heic'
import { readHeif } from './heif'
import { joinFrames, readJxl } from './jxl/decode'
import { LONGEST_SIDE, MAX_CHANNELS, MAX_ITEMS, MAX_PIXELS } from './limits'
import { isAnimatedPng, readApng } from './moving/apng'
import { firstPicture, readMovingAvif } from './moving/avif'
import { allFramesOf, checkSize, type DecodeFrame, firstFrameOf, type Moving, timesOf } from './moving/moving'
import { RAW_TYPES, rawPreview } from './raw/preview'
import { cropTo, readable, type Still, shrink, turned } from './still'
import { extraSample, readTiffTags, TAG, UNREAD_COMPRESSIONS } from './tiff-tags'

// Only these decoders may run, whatever a file looks like. SVG, PDF, ImageMagick and raw formats are blocked.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((format) => `VipsForeignLoad${format}`),
})
sharp.cache(false) // each file is read only once

/**
 * Sets how strictly a file is read. A truncated file is refused. A file with smaller faults (stray bytes between
 * segments, a wrong checksum, a damaged colour profile) is accepted, as in other viewers. For TIFF, libvips reports
 * missing data as an error instead of a truncation.
 */
const limitsFor = (type: string): SharpOptions => ({
  failOn: type === 'image/tiff' ? 'error' : 'truncated',
  limitInputPixels: MAX_PIXELS,
  limitInputChannels: MAX_CHANNELS,
})

/** libvips refuses more items, unless all limits of the decoder are off. Those of pixels and of memory remain. */
const USUAL_ITEMS = 250

async function hasManyTiles(path: string, type: string): Promise<boolean> {
  const items = type === 'image/avif' ? ((await readHeif(path))?.items ?? 0) : 0
  return items > USUAL_ITEMS && items <= MAX_ITEMS
}

const JPEG_END = Uint8Array.of(0xff, 0xd9)

/** Frames are decoded in full. */
const LONGEST_SIDE_OF_FRAME = 100_000

/** Formats whose pages are animation frames. For every other format the first page is the picture. */
const ANIMATED = ['image/gif', 'image/webp']

/** An uploaded photo whose header is within the limits. Width and height are those after rotation. */
export type Original = {
  width: number
  height: number
  animated: boolean
  /** Opens the first frame before rotation. */
  open(): Sharp
  /** Opens all frames. */
  openAnimation(): Sharp
  /** Opens a JPEG with an end marker appended, refusing any fault. Null for other formats. */
  openWithEnd(): Promise<Sharp | null>
  metadata: Metadata
  /** A channel besides the colours is not transparency, whatever libvips takes it for. */
  isOpaque: boolean
  /** The changes that its author wants. Width and height are those afterwards. */
  edit?: Edit
  note?: Note
  /** How long the frames are shown, where the decoded frames do not say it. */
  times?: { delay: number[]; loop: number }
  /** The stored colours are those of Display P3, which `open` leaves as they are. */
  isP3: boolean
  /** Converts stored colours of which libvips knows nothing to sRGB. Null when it knows them. */
  convert: ((pixels: Uint8Array | Uint16Array, channels: number) => Buffer) | null
}

/** Opens a picture of this media type. Throws `BadMedia` when it cannot be shown, or is too large. */
export async function openOriginal(path: string, type: string): Promise<Original> {
  const limits: SharpOptions = { ...limitsFor(type), unlimited: await hasManyTiles(path, type) }
  const { input, metadata, convert, isP3 = false, isOpaque, moving, note } = await open(path, type, limits)
  if (moving) return openMoving(moving, metadata)
  limits.ignoreIcc = convert !== null || isP3
  const frames = ANIMATED.includes(type) ? (metadata.pages ?? 1) : 1
  checkSize(metadata, frames)
  return {
    ...metadata.autoOrient,
    animated: frames > 1,
    open: () => sharp(input, limits),
    openAnimation: () => sharp(input, { ...limits, pages: -1 }),
    openWithEnd: async () =>
      type === 'image/jpeg'
        ? sharp(Buffer.concat([await Bun.file(path).bytes(), JPEG_END]), { ...limits, failOn: 'warning' })
        : null,
    metadata,
    isOpaque: isOpaque || hasExtraChannels(metadata),
    convert,
    isP3,
    ...(note && { note }),
  }
}

/** Opens an animation whose frames were decoded here, since libvips cannot read them. */
export const openMoving = (moving: Moving, { format }: Metadata): Original => ({
  width: moving.width,
  height: moving.height,
  animated: true,
  open: () => firstFrameOf(moving),
  openAnimation: () => allFramesOf(moving),
  openWithEnd: async () => null,
  metadata: { format, channels: 4, space: 'srgb', depth: 'uchar', hasProfile: false } as Metadata,
  isOpaque: false,
  isP3: false,
  convert: null,
  times: timesOf(moving),
})

type Opened = Pick<Original, 'metadata' | 'convert' | 'isOpaque' | 'note'> & {
  input: string | Buffer
  moving?: Moving | null
  isP3?: boolean
}

/** Opens a file in the way that its type needs, and reads its header. */
async function open(path: string, type: string, limits: SharpOptions): Promise<Opened> {
  const raw = type === 'image/tiff' || type in RAW_TYPES ? await rawPreview(path, type) : null
  if (raw) return openRaw(raw, limits)
  if (type === 'image/tiff') return openTiff(path)
  if (type === 'image/jxl') return openJxl(path, limits)
  const numbers = await readColourNumbers(path, type)
  const isHeic = type === 'image/heic' || type === 'image/heif'
  const input = isHeic ? await heicToTiff(path, numbers !== null && isHdr(numbers)) : await stillIn(path, type)
  const metadata = await readable(sharp(input, limits).metadata())
  const convert = converterOf(numbers, metadata)
  const moving = await readMoving(path, type, convert)
  return { input, metadata, convert, isP3: hasP3(numbers, metadata), isOpaque: false, ...asItMoves(moving) }
}

/** Its uploader is told if a picture was too much work to keep it moving. */
const asItMoves = (moving: Moving | null | 'too much'): Pick<Opened, 'moving' | 'note'> =>
  moving === 'too much' ? { note: { code: 'first_frame', values: {} } } : { moving }

function converterOf(numbers: ColourNumbers | null, { hasProfile }: Metadata): Original['convert'] {
  const isKnown = !numbers || (isUsual(numbers) && !hasProfile)
  return isKnown ? null : (pixels, channels) => toSrgb(pixels, channels, numbers)
}

/** A photo that the camera developed. A preview smaller than the largest rendition comes with a note about its size. */
async function openRaw({ jpeg, longest }: { jpeg: Buffer; longest: number }, limits: SharpOptions): Promise<Opened> {
  const metadata = await readable(sharp(jpeg, limits).metadata())
  const isSmall = longest < LONGEST_SIDE.full
  const note: Note = { code: 'raw_preview', values: { pixels: `${metadata.width} x ${metadata.height}` } }
  return {
    input: jpeg,
    metadata,
    convert: null,
    isP3: hasP3(null, metadata),
    isOpaque: false,
    ...(isSmall && { note }),
  }
}

async function openJxl(path: string, limits: SharpOptions): Promise<Opened> {
  const frames = await readJxl(path)
  const first = frames.pngs[0]!
  const metadata = await readable(sharp(first, limits).metadata())
  const numbers = await colourNumbersInPng(new Blob([new Uint8Array(first)]))
  const convert = converterOf(numbers, metadata)
  const join = () => joinFrames(frames, metadata, frameDecoder('image/jxl', convert))
  const moving = frames.pngs.length > 1 ? await readable(join()) : frames.isTooMuch ? 'too much' : null
  return {
    input: Buffer.from(first),
    metadata,
    convert,
    isP3: hasP3(numbers, metadata),
    isOpaque: false,
    ...asItMoves(moving),
  }
}

/** Decodes the frames of an animation in the way that its stored colours need. */
function frameDecoder(type: string, convert: Original['convert']): DecodeFrame {
  const limits = { ...limitsFor(type), ignoreIcc: convert !== null }
  return async (picture) => {
    const metadata = await sharp(picture, limits).metadata()
    const still = await decode(
      sharp(picture, limits),
      { metadata, isOpaque: false, isP3: false, convert },
      LONGEST_SIDE_OF_FRAME,
    )
    return still.open().toColourspace('srgb').ensureAlpha().raw().toBuffer()
  }
}

/** Decodes the frames of an animated PNG or AVIF. Null for stills, and for damaged animations, which become stills. */
async function readMoving(
  path: string,
  type: string,
  convert: Original['convert'],
): Promise<Moving | null | 'too much'> {
  const decodeFrame = frameDecoder(type, convert)
  try {
    if (type === 'image/png' && (await isAnimatedPng(path)))
      return await readApng(Buffer.from(await Bun.file(path).bytes()), decodeFrame)
    return type === 'image/avif' ? await readMovingAvif(path, decodeFrame) : null
  } catch (error) {
    if (error instanceof BadMedia && error.code === 'unreadable') return null
    throw error
  }
}

async function openTiff(path: string): Promise<Opened> {
  const limits = limitsFor('image/tiff')
  const tags = await readTiffTags(Bun.file(path))
  const variant = UNREAD_COMPRESSIONS[tags?.tags.get(TAG.compression)?.first ?? 0]
  if (variant) throw new BadMedia('variant', { values: { variant } })
  try {
    const metadata = await readable(sharp(path, limits).metadata())
    checkSize(metadata, 1)
    const grey = isFloatGrey(metadata) ? await readable(floatGreyToTiff(path, limits)) : null
    if (grey) return { input: grey, metadata: await sharp(grey).metadata(), convert: null, isOpaque: true }
    return { input: path, metadata, convert: null, isP3: hasP3(null, metadata), isOpaque: extraSample(tags) === 0 }
  } catch (error) {
    if (!tags || !isLab(tags)) throw error
    const input = await readable(labToTiff(path, tags, limits))
    return { input, metadata: await readable(sharp(input, limits).metadata()), convert: null, isOpaque: true }
  }
}

/** One channel besides the colours is transparency; more channels are extra data of an editor. */
const hasExtraChannels = ({ channels, space }: Metadata) => channels > (COLOURS[space] ?? 3) + 1

/**
 * Decodes the first frame after rotation to raw sRGB with 8 bits per channel and no metadata, at most `longest` pixels
 * on its longer side. Some cameras and apps omit only the end marker of a JPEG. In that case the marker is added and
 * the file is decoded again without any tolerance, so that a truncated file still fails.
 */
export async function decodeStill(original: Original, longest: number): Promise<Still> {
  const stored = await decodeStored(original, longest)
  return original.isP3 ? openP3(stored) : stored
}

async function decodeStored(original: Original, longest: number): Promise<Still> {
  try {
    return await decode(original.open(), original, longest)
  } catch (error) {
    const withEnd = await original.openWithEnd()
    if (!withEnd) throw error
    return decode(withEnd, original, longest)
  }
}

/**
 * The file, or the still picture of an AVIF file that names itself a sequence. libvips does not open those, although its
 * decoder reads the picture that most of them contain, under the name of a still. For others it is the first frame.
 */
async function stillIn(path: string, type: string): Promise<string | Buffer> {
  if (type !== 'image/avif' || (await Bun.file(path).slice(8, 12).text()) !== 'avis') return path
  if (!(await readHeif(path))) return (await firstPicture(path)) ?? path
  const file = Buffer.from(await Bun.file(path).bytes())
  file.write('avif', 8, 'latin1')
  return file
}

async function decode(
  picture: Sharp,
  original: Pick<Original, 'metadata' | 'isOpaque' | 'isP3' | 'convert' | 'edit'>,
  longest: number,
): Promise<Still> {
  const { depth, hasProfile } = original.metadata
  const { crop, turn = 0 } = original.edit ?? {}
  const upright = shrink(cropTo(crop, picture.autoOrient()), longest)
  if (original.isOpaque) upright.removeAlpha()
  if (original.convert && !original.isP3)
    return turned(await convertStill(upright, original.convert, depth === 'ushort'), turn)
  // For 16-bit pictures with a profile, libvips works in Display P3, and this converts the result back to sRGB.
  const inSrgb = depth === 'ushort' && hasProfile && !original.isP3 ? upright.withIccProfile('srgb') : upright
  const { data, info } = await readable(inSrgb.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
  const { width, height, channels } = info
  return turned({ open: () => sharp(data, { raw: { width, height, channels } }) }, turn)
}

async function convertStill(
  upright: Sharp,
  convert: NonNullable<Original['convert']>,
  isDeep: boolean,
): Promise<Still> {
  const stored = upright.toColourspace(isDeep ? 'rgb16' : 'srgb').raw({ depth: isDeep ? 'ushort' : 'uchar' })
  const { data, info } = await readable(stored.toBuffer({ resolveWithObject: true }))
  const pixels = isDeep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
  const { width, height, channels } = info
  const converted = convert(pixels, channels)
  return { open: () => sharp(converted, { raw: { width, height, channels } }) }
}

const COLOURS: Record<string, number> = { 'b-w': 1, grey16: 1, cmyk: 4 }
