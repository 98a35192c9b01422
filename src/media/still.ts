import sharp, { type Sharp } from 'sharp'
import type { Crop } from '../../shapes/edits'
import { BadMedia } from './errors'

/** A decoded picture in sRGB, and with more colours than sRGB has if it shows some. */
export type Still = { open(): Sharp; openWide?(): Sharp }

/** Cuts a picture down to the crop, if there is one. */
export const cropTo = (crop: Crop | undefined, picture: Sharp) =>
  crop ? picture.extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height }) : picture

/** Turns decoded pixels clockwise by this many degrees. */
export async function turned(still: Still, turn: number): Promise<Still> {
  if (!turn) return still
  const { data, info } = await readable(still.open().rotate(turn).raw().toBuffer({ resolveWithObject: true }))
  const { width, height, channels } = info
  return { open: () => sharp(data, { raw: { width, height, channels } }) }
}

/** Fits a picture into a square without enlarging it. */
export const shrink = (picture: Sharp, longest: number) =>
  picture.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })

/** Reports every error of libvips while it reads an upload as a fault of the upload. */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    const isTooLarge = error instanceof Error && error.message.includes('exceeds pixel limit')
    throw new BadMedia(isTooLarge ? 'too_many_pixels' : 'unreadable', { cause: error })
  }
}
