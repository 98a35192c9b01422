/** The programs to use, or our own. `chosen`: somebody asked for exactly these, so nothing else will do. */
export type Ffmpeg = 'embedded' | { ffmpeg: string; ffprobe: string; chosen: boolean }

/** Stand for the two files among the arguments: each engine has its own names for them. */
export const INPUT = '{input}'
export const OUTPUT = '{output}'

export type Run = {
  program: 'ffmpeg' | 'ffprobe'
  args: string[]
  input: string
  output?: string
  timeoutMs: number
  /** Whether there is enough to do for several threads to be worth their start. */
  isLong?: boolean
  /** Told how far into the video the output has come. */
  onProgress?: (seconds: number) => void
}

/** How a run ended. Arguments may lead to failure, so it is an answer; only what must not happen is thrown. */
export type Ended = {
  ok: boolean
  isTimeout: boolean
  /** The end of what it complained of. */
  log: string
  /** What ffprobe found. */
  printed: string
}

/** Something that runs ffmpeg's command lines, one at a time. */
export type Engine = {
  name: 'native' | 'embedded'
  /** How many threads a decoder or an encoder may have; 0: as many as it likes. */
  threads: number
  run(run: Run): Promise<Ended>
}

/**
 * Containers that may be opened. This keeps playlists and scripts, which name other files to be read, from being what they are
 * whatever they are called.
 */
const CONTAINERS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg'

/** What stands before an input, always. */
export const GUARDS = ['-format_whitelist', CONTAINERS, '-protocol_whitelist', 'file']

/** How much of the log is kept. */
const LOG_TAIL = 4_000

export const appendLog = (log: string, text: string) => (log + text).slice(-LOG_TAIL)
