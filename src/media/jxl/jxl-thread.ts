import { readFileSync } from 'node:fs'
import { initSync, JxlImage } from 'jxl-oxide-wasm'
import wasm from 'jxl-oxide-wasm/module.wasm' with { type: 'file' }
import { MAX_FRAMES, MAX_PIXELS } from '../limits'
import type { JxlReply } from './protocol'
import { ticksPerSecond } from './ticks'

/** The Bun worker that decodes one JPEG XL file and is then discarded, since WebAssembly never gives memory back. */

declare const self: Worker

/**
 * How many pixels all frames of an animation may have together. The decoder keeps each frame, in 12 bytes for a pixel, and
 * needs up to a second and a half for a million of them.
 */
const MOST_MOVING_PIXELS = 40_000_000

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  try {
    initSync({ module: readFileSync(wasm) })
    self.postMessage(decode(readFileSync(path)))
  } catch (error) {
    self.postMessage({ failed: String(error) } satisfies JxlReply)
  }
}

/** The decoder turns the picture upright and writes the colours into the PNG: as a profile or as numbers. */
function decode(bytes: Uint8Array): JxlReply {
  const picture = new JxlImage()
  picture.feedBytes(bytes)
  if (!picture.tryInit()) return { failed: 'The header is incomplete.' }
  const pixels = (picture.width ?? 0) * (picture.height ?? 0)
  if (pixels > MAX_PIXELS) return { refused: 'too_many_pixels' }
  if (!picture.loaded) return { failed: 'The file is incomplete.' }
  const ticks = picture.animated ? ticksPerSecond(bytes) : null
  const frames = picture.numLoadedKeyframes
  const first = render(picture, 0, ticks)
  const still = { pngs: [first.png], delay: [0], loop: 0 }
  if (!ticks || frames === 1 || !first.isMoving) return still
  if (frames > MAX_FRAMES || pixels * frames > MOST_MOVING_PIXELS) return { ...still, isTooMuch: true }
  return animate(picture, [first], ticks, frames) ?? still
}

/** Null when a frame is damaged or is a page of a document, which is shown until somebody turns it. */
function animate(picture: JxlImage, made: Frame[], ticks: number, frames: number): JxlReply | null {
  try {
    while (made.length < frames) made.push(render(picture, made.length, ticks))
  } catch {
    return null
  }
  const isMoving = made.every((frame) => frame.isMoving)
  return isMoving
    ? { pngs: made.map(({ png }) => png), delay: made.map(({ delay }) => delay), loop: picture.numLoops ?? 0 }
    : null
}

type Frame = { png: Uint8Array; delay: number; isMoving: boolean }

/**
 * The duration should be in ticks and divided by how many of them a second has. The decoder multiplies by that instead,
 * which `findings/jxl-durations.sh` shows.
 */
function render(picture: JxlImage, at: number, ticks: number | null): Frame {
  const frame = picture.render(at)
  const { durationNumerator, durationDenominator } = frame
  const delay = ticks ? Math.round((1000 * durationNumerator * durationDenominator) / ticks ** 2) : 0
  return { delay, isMoving: durationDenominator > 0, png: frame.encodeToPng() }
}
