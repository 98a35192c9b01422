import type { BadMediaCode, MessageValues } from './errors'
import type {
  CoverResult,
  IconsResult,
  IconsTask,
  ImageResult,
  ImageTask,
  LadderResult,
  VideoResult,
  VideoTask,
} from './renditions'

/** The worker's file descriptor for replies. Its stdout is left to libraries that print messages. */
export const REPLIES = 3

export type Task = { image: ImageTask | IconsTask } | { video: VideoTask }
export type Result = ImageResult | VideoResult | CoverResult | LadderResult | IconsResult
export type Request = Task & { nativeDir: string }
export type Reply =
  | { progress: number }
  | { result: Result }
  | { bad: BadMediaCode; cause: string; values: MessageValues }
  | { failed: string }
