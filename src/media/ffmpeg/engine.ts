/**
 * The programs to use, or the embedded ffmpeg. `chosen` means that the setting names exactly these programs, so there
 * is no fallback.
 */
export type Ffmpeg = 'embedded' | { ffmpeg: string; ffprobe: string; chosen: boolean }

/** Placeholders for the files among the arguments, because each engine names them differently. */
export const INPUT = '{input}'
export const OUTPUT = '{output}'
/** The placeholder of one of several outputs. */
export const outputAt = (index: number) => `{output ${index}}`

export type Run = {
  program: 'ffmpeg' | 'ffprobe'
  args: string[]
  input: string
  output?: string
  /** Several outputs of one run, which decodes its input only once. See `outputAt`. */
  outputs?: string[]
  timeoutMs: number
  /** Whether the work is long enough for several threads to be worth starting. */
  isLong?: boolean
  /** Receives the position in the video that the output has reached. */
  onProgress?: (seconds: number) => void
}

/** The result of a run. A failed run is a result as well; only unexpected errors are thrown. */
export type Ended = {
  ok: boolean
  isTimeout: boolean
  /** The end of the error output. */
  log: string
  /** The output of ffprobe. */
  printed: string
}

/** Runs ffmpeg command lines, one at a time. */
export type Engine = {
  name: 'native' | 'embedded'
  /** The largest number of threads of a decoder or an encoder; 0 lets ffmpeg decide. */
  threads: number
  run(run: Run): Promise<Ended>
}

/**
 * The containers that may be opened. The list excludes playlists and scripts, which could make ffmpeg read other files,
 * whatever their file name is.
 */
const CONTAINERS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg'

/** The arguments that precede every input. */
export const GUARDS = ['-format_whitelist', CONTAINERS, '-protocol_whitelist', 'file']

/** How many characters of the log are kept. */
const LOG_TAIL = 4_000

/** Adds text to the log of ffmpeg, of which only the end is kept. */
export const appendLog = (log: string, text: string) => (log + text).slice(-LOG_TAIL)
