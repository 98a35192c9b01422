import { accessSync, constants } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { Ffmpeg } from './engine'

/**
 * Finds the programs that `setting` names: `embedded`, or the path of an ffmpeg with its ffprobe beside it. Returns
 * null when they cannot be run.
 */
export function chosenFfmpeg(setting: string): Ffmpeg | null {
  if (setting === 'embedded') return setting
  const ffmpeg = isAbsolute(setting) ? setting : resolve(setting)
  const ffprobe = ffmpeg.replace(/ffmpeg([^/\\]*)$/, 'ffprobe$1')
  return ffprobe !== ffmpeg && isExecutable(ffmpeg) && isExecutable(ffprobe) ? { ffmpeg, ffprobe, chosen: true } : null
}

/**
 * Finds the ffmpeg installed on this system, or falls back to the embedded one. Whether it has the required features is
 * checked when it is used.
 */
export function installedFfmpeg(PATH: string): Ffmpeg {
  const ffmpeg = Bun.which('ffmpeg', { PATH })
  const ffprobe = Bun.which('ffprobe', { PATH })
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe, chosen: false } : 'embedded'
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
