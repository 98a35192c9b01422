import type { Edit } from '../../shapes/edits'
import { editAnimation } from './animation'
import { isCut, requireInside, sizeAfter } from './edit'
import { BadMedia } from './errors'
import { sha256OfStream } from './hash'
import { LONGEST_SIDE } from './limits'
import { decodeStill, type Original, openOriginal } from './original'
import { dataUrl, encode, encodeBlurred, type Picture, writePictures } from './pictures'
import type { ImageRendition, ImageResult, ImageTask } from './renditions'
import { SNIFF_BYTES, sniff } from './sniff'
import { shrink } from './still'

/** Makes the renditions of one photo, all in WebP. Progress runs from 0 to 1. */
export async function makeRenditions(
  { input, output, edit = {} }: ImageTask,
  progress: (done: number) => void,
): Promise<ImageResult> {
  const sniffed = sniff(await Bun.file(input).slice(0, SNIFF_BYTES).bytes())
  if (sniffed?.kind !== 'image') throw new BadMedia('unsupported')
  const sha256 = await sha256OfStream(Bun.file(input))
  progress(0.05)
  const whole = await openOriginal(input, sniffed.type)
  requireInside(edit, whole)
  const original = isCut(edit) ? await edited(whole, edit) : whole
  progress(0.2)
  const pictures = await (original.animated ? animation : still)(original, progress)
  const renditions = await writePictures(output, pictures)
  const uncut = original === whole ? null : await encode((await decodeStill(whole, LONGEST_SIDE.feed)).open())
  progress(1)
  const { width, height, animated } = original
  return {
    ...{ width, height, animated, sha256 },
    renditions: { ...renditions, ...(uncut && (await writePictures(output, { uncut }))) },
    original: { width: whole.width, height: whole.height },
    ...(whole.note && { note: whole.note }),
    type: sniffed.type,
    placeholder: dataUrl(pictures.blurred),
  }
}

/** The original as its author wants it to be shown. */
const edited = (whole: Original, edit: Edit): Original | Promise<Original> =>
  whole.animated ? editAnimation(whole, edit) : { ...whole, ...sizeAfter(whole, edit), edit }

/** Whether the whole picture serves as the one of the feed, too. */
const fitsFeed = ({ width, height }: Original) => Math.max(width, height) <= LONGEST_SIDE.feed

type Pictures = Record<ImageRendition, Picture>

/**
 * Makes the renditions of a still photo. The original is decoded once, at the size of the largest rendition (a JPEG is
 * partly scaled down while it is decoded). Colours that sRGB does not have are kept in the large renditions only.
 */
async function still(original: Original, progress: (done: number) => void): Promise<Pictures> {
  const decoded = await decodeStill(original, LONGEST_SIDE.full)
  progress(0.5)
  const openLarge = decoded.openWide ?? decoded.open
  const [full, feed, thumb, blurred] = await Promise.all([
    encode(openLarge()),
    fitsFeed(original) ? null : encode(shrink(openLarge(), LONGEST_SIDE.feed)),
    encode(shrink(decoded.open(), LONGEST_SIDE.thumb)),
    encodeBlurred(decoded.open, original),
  ])
  return { full, feed: feed ?? full, thumb, blurred }
}

/** Makes the renditions of an animation. Only the larger ones move, so that the grid of thumbnails stays calm. */
async function animation(original: Original, progress: (done: number) => void): Promise<Pictures> {
  const firstFrame = await decodeStill(original, LONGEST_SIDE.thumb)
  const thumb = await encode(firstFrame.open())
  const blurred = await encodeBlurred(firstFrame.open, original)
  const full = await encode(shrink(original.openAnimation(), LONGEST_SIDE.full), original.times)
  progress(0.6)
  const feed = fitsFeed(original)
    ? full
    : await encode(shrink(original.openAnimation(), LONGEST_SIDE.feed), original.times)
  return { full, feed, thumb, blurred }
}
