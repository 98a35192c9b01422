import type { LadderName } from '../renditions'
import { fitted } from '../video/arguments'
import type { Picture } from '../video/probe'

/** The shorter sides of the smaller qualities in pixels. The largest quality is that of the MP4. */
const SIDES = [360, 720]

/** A smaller quality must be at most this part of the side of the video, or it would look much the same. */
const SMALLER = 0.85

/** A smaller quality may need at most this part of the bits of the video, or a slow connection would gain little. */
const CHEAPER = 0.75

/** Frames of the smallest quality above this rate are halved, because few bits are better spent on each of them. */
const CALM = 31

/** Up to this side, frames may be halved. */
const SMALL_SIDE = 360

/** How much a minute of video must take at least to count as large: 500 kB for each second. */
const BYTES_PER_SECOND = 500_000

export type Level = { side: number; width: number; height: number; rate: number; mostBits: number }

type Shown = Pick<Picture, 'width' | 'height'>

/**
 * Whether several qualities pay for a video: it is long, or as large as a long one usually is, and shown at more than
 * the smallest quality. With `fromSeconds` 0 none does.
 */
export const isWorthLevels = ({ width, height }: Shown, seconds: number, bytes: number, fromSeconds: number): boolean =>
  fromSeconds > 0 &&
  (seconds >= fromSeconds || bytes >= fromSeconds * BYTES_PER_SECOND) &&
  Math.min(width, height) * SMALLER >= SIDES[0]!

/** The qualities below that of the video, the smallest first. Empty when none would save enough. */
export function smallerLevels(picture: Shown, rate: number, bitsPerSecond: number): Level[] {
  const shorter = Math.min(picture.width, picture.height)
  return SIDES.filter((side) => side <= shorter * SMALLER)
    .map((side) => levelOf(picture, side, side <= SMALL_SIDE && rate > CALM ? rate / 2 : rate))
    .filter(({ mostBits }) => mostBits <= bitsPerSecond * CHEAPER)
}

function levelOf(picture: Shown, side: number, rate: number): Level {
  const size = fitted(picture, { longer: Infinity, shorter: side })
  return { side, ...size, rate, mostBits: mostBitsOf(size, rate) }
}

/** The names of all files that may have been made of an MP4 of this size. */
export const namesOfLevels = (picture: Shown): LadderName[] => [
  ...(['hls', 'scrub'] as const),
  ...[...SIDES, Math.min(picture.width, picture.height)].flatMap((side) => [`${side}p`, `${side}p-list`] as const),
]

/** The bit rate up to which a quality is encoded: one bit for ten pixels, as for any video. */
const mostBitsOf = ({ width, height }: Shown, rate: number) => Math.max(500_000, width * height * rate * 0.1)
