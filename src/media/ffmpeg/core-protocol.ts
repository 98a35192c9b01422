import type { HostFile } from './core-types'

export type CoreRequest = {
  core: 'threaded' | 'plain'
  /** The compiled core. */
  module: WebAssembly.Module
  program: 'ffmpeg' | 'ffprobe'
  args: string[]
  files: HostFile[]
}
export type CoreReply =
  | { log: string }
  | { seconds: number }
  | { ended: number }
  | { crashed: string }
  | { failed: string }

/** The folder of the files inside the core. */
export const MOUNT = '/host'
