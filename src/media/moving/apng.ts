import { checkSize, type DecodeFrame, type Moving } from './moving'

/** The format of animated PNG: https://www.w3.org/TR/png-3/#apng-frame-based-animation. */

type Chunk = { kind: string; data: Buffer }

/** A frame changes a rectangle of the picture that is shown. */
type Frame = {
  width: number
  height: number
  x: number
  y: number
  delay: number
  /** What happens to the rectangle before the next frame: nothing, it becomes clear, or what was there returns. */
  disposal: number
  /** Whether the rectangle is painted over what is there, instead of taking its place. */
  isOver: boolean
  data: Buffer[]
}

const START = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const CLEARED = 1
const RETURNED = 2

function* chunksOf(file: Buffer): Generator<Chunk> {
  for (let at = START.length; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    if (at + 12 + length > file.length) return
    yield { kind: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) }
    at += 12 + length
  }
}

function chunk({ kind, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length)
  around.writeUInt32BE(Bun.hash.crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

const frameOf = (data: Buffer): Frame => ({
  width: data.readUInt32BE(4),
  height: data.readUInt32BE(8),
  x: data.readUInt32BE(12),
  y: data.readUInt32BE(16),
  delay: Math.round((1000 * data.readUInt16BE(20)) / (data.readUInt16BE(22) || 100)),
  disposal: data[24]!,
  isOver: data[25] === 1,
  data: [],
})

const SEARCHED_BYTES = 64 * 1024

/** Whether the chunk that announces an animation stands before the pixels, as it has to. */
export async function isAnimatedPng(path: string): Promise<boolean> {
  const head = Buffer.from(await Bun.file(path).slice(0, SEARCHED_BYTES).bytes())
  for (const { kind } of chunksOf(head)) {
    if (kind === 'acTL') return true
    if (kind === 'IDAT') return false
  }
  return false
}

/**
 * Decodes an animated PNG. Returns null for one that does not move or whose frames are damaged, of which the still
 * picture is shown.
 */
export async function readApng(file: Buffer, decode: DecodeFrame): Promise<Moving | null> {
  const animation = parse(file)
  if (!animation || animation.frames.length < 2) return null
  const { header, before, frames, plays } = animation
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  checkSize({ width, height }, frames.length)
  if (frames.some((frame) => !frame.data.length || frame.x + frame.width > width || frame.y + frame.height > height))
    return null
  const pixels = Buffer.alloc(width * height * 4 * frames.length)
  let canvas = Buffer.alloc(width * height * 4)
  for (const [i, frame] of frames.entries()) {
    const own = Buffer.from(header)
    own.writeUInt32BE(frame.width, 0)
    own.writeUInt32BE(frame.height, 4)
    const chunks = [{ kind: 'IHDR', data: own }, ...before, ...frame.data.map((data) => ({ kind: 'IDAT', data }))]
    const decoded = await decode(
      Buffer.concat([START, ...[...chunks, { kind: 'IEND', data: own.subarray(0, 0) }].map(chunk)]),
    )
    const earlier = frame.disposal === RETURNED ? Buffer.from(canvas) : null
    paint(canvas, width, frame, decoded)
    canvas.copy(pixels, i * canvas.length)
    if (frame.disposal === CLEARED) clear(canvas, width, frame)
    if (earlier) canvas = earlier
  }
  return { width, height, pixels, delay: frames.map(({ delay }) => delay), loop: plays }
}

type Animation = { header: Buffer; before: Chunk[]; frames: Frame[]; plays: number }

/** Sorts the chunks into frames. The picture of other viewers may be no part of the animation. */
function parse(file: Buffer): Animation | null {
  const animation: Animation = { header: Buffer.alloc(0), before: [], frames: [], plays: 0 }
  let isAnimated = false
  let hasPixels = false
  for (const { kind, data } of chunksOf(file)) {
    if (kind === 'IHDR') animation.header = data
    else if (kind === 'acTL' && data.length === 8) {
      isAnimated = true
      animation.plays = data.readUInt32BE(4)
    } else if (kind === 'fcTL' && data.length === 26) animation.frames.push(frameOf(data))
    else if (kind === 'IDAT') {
      hasPixels = true
      animation.frames[0]?.data.push(data)
    } else if (kind === 'fdAT') animation.frames.at(-1)?.data.push(data.subarray(4))
    else if (!hasPixels && kind !== 'eXIf') animation.before.push({ kind, data })
  }
  return isAnimated && animation.header.length === 13 ? animation : null
}

function paint(canvas: Buffer, across: number, { x, y, width, height, isOver }: Frame, decoded: Buffer) {
  for (let row = 0; row < height; row++) {
    const to = ((y + row) * across + x) * 4
    if (isOver) for (let i = 0; i < width * 4; i += 4) blend(canvas, to + i, decoded, row * width * 4 + i)
    else decoded.copy(canvas, to, row * width * 4, (row + 1) * width * 4)
  }
}

/** Paints one pixel over another. */
function blend(canvas: Buffer, to: number, decoded: Buffer, from: number) {
  const [over, under] = [decoded[from + 3]! / 255, canvas[to + 3]! / 255]
  const alpha = over + under * (1 - over)
  if (alpha === 0) return
  for (let i = 0; i < 3; i++)
    canvas[to + i] = Math.round((decoded[from + i]! * over + canvas[to + i]! * under * (1 - over)) / alpha)
  canvas[to + 3] = Math.round(alpha * 255)
}

function clear(canvas: Buffer, across: number, { x, y, width, height }: Frame) {
  for (let row = 0; row < height; row++)
    canvas.fill(0, ((y + row) * across + x) * 4, ((y + row) * across + x + width) * 4)
}
