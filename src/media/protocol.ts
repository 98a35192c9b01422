import type { BadMediaCode } from './errors'
import type { ImageResult, ImageTask } from './renditions'

/** The worker's file descriptor for replies; its stdout belongs to whatever a library prints. */
export const REPLIES = 3

export type Request = { image: ImageTask; nativeDir: string }
export type Reply = { progress: number } | { result: ImageResult } | { bad: BadMediaCode; cause: string } | { failed: string }
