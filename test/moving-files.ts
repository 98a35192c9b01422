import type { Sharp } from 'sharp'
import { codedIn, sequenceOf } from './heif-files'
import { uint32 } from './mp4-boxes'
import { pngChunk } from './photos'

/** The pixels of a PNG, as they are stored in it. */
const pixelsIn = (png: Buffer) => {
  const at = png.indexOf('IDAT')
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))
}

/** A frame, its place, how long it is shown in parts of a second, and what happens around it. */
export type Frame = {
  png: Buffer
  x?: number
  y?: number
  delay?: [number, number]
  disposal?: number
  isOver?: boolean
}

/** An animated PNG. Without `first`, the picture of other viewers is the first frame. */
export function apng(frames: Frame[], plays = 0, first?: Buffer): Buffer {
  const size = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)]
  let number = 0
  const chunks = frames.flatMap(({ png, x = 0, y = 0, delay = [1, 10], disposal = 0, isOver = false }, i) => {
    const times = Buffer.from([delay[0] >> 8, delay[0] & 255, delay[1] >> 8, delay[1] & 255, disposal, isOver ? 1 : 0])
    const control = pngChunk('fcTL', Buffer.concat([uint32(number++, ...size(png), x, y), times]))
    const isFirst = i === 0 && !first
    const data = pixelsIn(png)
    return [control, isFirst ? pngChunk('IDAT', data) : pngChunk('fdAT', Buffer.concat([uint32(number++), data]))]
  })
  const head = (first ?? frames[0]!.png).subarray(0, 8 + 25)
  const still = first ? [pngChunk('IDAT', pixelsIn(first))] : []
  return Buffer.concat([
    head,
    pngChunk('acTL', uint32(frames.length, plays)),
    ...still,
    ...chunks,
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A moving AVIF without a still picture besides. */
export const movingAvif = async (pictures: Sharp[]) =>
  sequenceOf(
    await Promise.all(
      pictures.map(async (picture) => codedIn(await picture.removeAlpha().avif({ quality: 90, effort: 0 }).toBuffer())),
    ),
  )
