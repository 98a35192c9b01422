import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import { BadMedia } from './errors'
import { heicToTiff } from './heic'
import { MAX_CHANNELS, MAX_FRAMES, MAX_PIXELS } from './limits'

// Only these decoders may run, whatever a file looks like: no SVG, PDF, ImageMagick or raw formats.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((format) => `VipsForeignLoad${format}`),
})
sharp.cache(false) // no file is seen twice

/**
 * A file cut short is refused; one with smaller faults (stray bytes between segments, a broken checksum, a bad colour profile)
 * is shown as every other viewer shows it. Of TIFF libvips calls a missing part an error, not a cut.
 */
const limitsFor = (type: string): SharpOptions => ({
  failOn: type === 'image/tiff' ? 'error' : 'truncated',
  limitInputPixels: MAX_PIXELS,
  limitInputChannels: MAX_CHANNELS,
})

const JPEG_END = Uint8Array.of(0xff, 0xd9)

/** Formats whose pages are the frames of an animation; of all others the first page is the picture. */
const ANIMATED = ['image/gif', 'image/webp']

/** An uploaded photo whose header was read and found within the limits. Width and height are of the upright picture. */
export type Original = {
  width: number
  height: number
  animated: boolean
  /** The first frame, still as it was stored. */
  open(): Sharp
  /** All frames. */
  openAnimation(): Sharp
  /** A JPEG with its end marker put behind it, refusing any fault. Null for other formats. */
  openWithEnd(): Promise<Sharp | null>
  metadata: Metadata
}

export async function openOriginal(path: string, type: string): Promise<Original> {
  const isHeic = type === 'image/heic' || type === 'image/heif'
  const input = isHeic ? await heicToTiff(await Bun.file(path).bytes()) : path
  const limits = limitsFor(type)
  const metadata = await readable(sharp(input, limits).metadata())
  const frames = ANIMATED.includes(type) ? (metadata.pages ?? 1) : 1
  if (frames > MAX_FRAMES) throw new BadMedia('too_many_frames')
  if (metadata.width * metadata.height * frames > MAX_PIXELS) throw new BadMedia('too_many_pixels')
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
  }
}

/**
 * The upright first frame in sRGB, 8 bits a channel, at most `longest` pixels on its longer side: raw, with nothing attached.
 * Some cameras and apps leave out only the marker at the end of a JPEG. It is put there and the file read once more, now without
 * any leniency: a decoder that finds the end too early complains.
 */
export async function decodeStill(original: Original, longest: number): Promise<Still> {
  try {
    return await decode(original.open(), original.metadata, longest)
  } catch (error) {
    const withEnd = await original.openWithEnd()
    if (!withEnd) throw error
    return decode(withEnd, original.metadata, longest)
  }
}

export type Still = { open(): Sharp }

async function decode(
  picture: Sharp,
  { space, channels, depth, hasProfile }: Metadata,
  longest: number,
): Promise<Still> {
  const upright = shrink(picture.autoOrient(), longest)
  // One channel beyond the colours is transparency; more of them are what an editor kept beside the picture.
  if (channels > (COLOURS[space] ?? 3) + 1) upright.removeAlpha()
  // With 16 bits libvips works in Display P3 when there is a profile, and only this brings it back to sRGB.
  const inSrgb = depth === 'ushort' && hasProfile ? upright.withIccProfile('srgb') : upright
  const { data, info } = await readable(inSrgb.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
  return { open: () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }) }
}

const COLOURS: Record<string, number> = { 'b-w': 1, grey16: 1, cmyk: 4 }

/** Fits a picture into a square; never enlarges. */
export const shrink = (picture: Sharp, longest: number) =>
  picture.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })

/** Whatever libvips has to say while it reads an upload, it says about the upload. */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    const isTooLarge = error instanceof Error && error.message.includes('exceeds pixel limit')
    throw new BadMedia(isTooLarge ? 'too_many_pixels' : 'unreadable', { cause: error })
  }
}
