import sharp, { type Sharp } from 'sharp'
import { BadMedia } from '../errors'
import { MAX_FRAMES, MAX_PIXELS } from '../limits'

/** The frames of an animation that libvips cannot read by itself, one below the other in sRGB with transparency. */
export type Moving = {
  width: number
  height: number
  pixels: Buffer
  /** How long each frame is shown, in milliseconds. */
  delay: number[]
  /** How often the animation plays; 0 stands for endlessly. */
  loop: number
}

/** Refuses an animation that is too large before any of its frames is decoded. */
export function checkSize({ width, height }: { width: number; height: number }, frames: number) {
  if (frames > MAX_FRAMES) throw new BadMedia('too_many_frames')
  if (width * height * frames > MAX_PIXELS) throw new BadMedia('too_many_pixels')
}

/** Decodes one picture in a format that libvips reads to sRGB with transparency, 8 bits per channel. */
export type DecodeFrame = (picture: Buffer) => Promise<Buffer>

/** Opens the first frame as a picture of its own. */
export const firstFrameOf = ({ width, height, pixels }: Moving): Sharp =>
  sharp(pixels.subarray(0, width * height * 4), { raw: { width, height, channels: 4 } })

/** Opens all frames as an animation. */
export const allFramesOf = ({ width, height, pixels, delay }: Moving): Sharp =>
  sharp(pixels, { pages: -1, raw: { width, height: height * delay.length, channels: 4, pageHeight: height } })

/** The largest number that the encoder of WebP takes for a time in milliseconds, or for how often an animation plays. */
const MOST = 65_535

/** A frame that should stay longer is shown for about a minute, and an animation that should play more often plays on. */
export const timesOf = ({ delay, loop }: Pick<Moving, 'delay' | 'loop'>) => ({
  delay: delay.map((milliseconds) => Math.min(milliseconds, MOST)),
  loop: loop > MOST ? 0 : loop,
})
