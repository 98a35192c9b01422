import { rm } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { BadMedia } from '../errors'
import type { Engine } from '../ffmpeg/engine'
import { FRAME_TIMEOUT_MS, LONGEST_SIDE } from '../limits'
import { fitted, frameArgs } from './arguments'
import { complaint } from './failure'
import type { Probed } from './probe'

/** Positions to try for the poster, as fractions of the length. Many videos start with a black picture. */
const PLACES = [0.1, 0.4, 0.7, 0]

/** The contrast of the brightness (0 to 255) from which a frame is considered to show something. */
const SHOWS_SOMETHING = 8

/** ffmpeg seeks to the first frame that begins at a time or later, and the frame that is shown then began before. */
const shownAt = (second: number, framesPerSecond: number) => Math.max(0, second - 1 / framesPerSecond + 0.002)

/**
 * Picks the frame that is shown at the chosen second, or else the first of a few that shows something, or else the one
 * with the highest contrast. `scratch` is the path of a temporary file.
 */
export async function pickFrame(
  engine: Engine,
  input: string,
  video: Probed & { seconds: number },
  scratch: string,
  chosen?: number,
): Promise<() => Sharp> {
  const longer = LONGEST_SIDE.poster
  const size = fitted(video.picture, { longer, shorter: longer })
  const wanted = chosen === undefined ? null : await frameAt(shownAt(chosen, video.picture.frames))
  if (wanted) return () => sharp(wanted, { raw: { ...size, channels: 3 } })
  let best: { open: () => Sharp; contrast: number } | undefined
  for (const place of PLACES) {
    const pixels = await frameAt(video.seconds * place)
    if (!pixels) continue
    const open = () => sharp(pixels, { raw: { ...size, channels: 3 } })
    const contrast = (await open().greyscale().stats()).channels[0]!.stdev
    if (!best || contrast > best.contrast) best = { open, contrast }
    if (contrast >= SHOWS_SOMETHING) break
  }
  if (!best) throw new BadMedia('unreadable', { cause: 'The video contains no readable frame.' })
  return best.open

  async function frameAt(second: number): Promise<Uint8Array | null> {
    try {
      const args = frameArgs(second, size)
      const ended = await engine.run({ program: 'ffmpeg', args, input, output: scratch, timeoutMs: FRAME_TIMEOUT_MS })
      if (!ended.ok) throw complaint(ended)
      const pixels = await Bun.file(scratch)
        .bytes()
        .catch(() => new Uint8Array())
      return pixels.length === size.width * size.height * 3 ? pixels : null
    } finally {
      await rm(scratch, { force: true })
    }
  }
}
