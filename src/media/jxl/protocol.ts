import type { BadMediaCode } from '../errors'

/**
 * The frames of a JPEG XL file as PNG, and how long each is shown in milliseconds. A still picture has one frame, and so
 * has an animation that is too much work.
 */
export type JxlFrames = { pngs: Uint8Array[]; delay: number[]; loop: number; isTooMuch?: boolean }

export type JxlReply = JxlFrames | { refused: BadMediaCode } | { failed: string }
