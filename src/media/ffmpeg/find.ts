import { accessSync, constants } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { Ffmpeg } from './engine'

/** The programs `setting` names (`embedded`, or the path of an ffmpeg that has its ffprobe beside it). Null when they cannot be run. */
export function chosenFfmpeg(setting: string): Ffmpeg | null {
  if (setting === 'embedded') return setting
  const ffmpeg = isAbsolute(setting) ? setting : resolve(setting)
  const ffprobe = ffmpeg.replace(/ffmpeg([^/\\]*)$/, 'ffprobe$1')
  return ffprobe !== ffmpeg && isExecutable(ffmpeg) && isExecutable(ffprobe) ? { ffmpeg, ffprobe, chosen: true } : null
}

/** What is installed, by the system's list of folders for programs; else our own. Whether it is good enough is seen when it is used. */
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
