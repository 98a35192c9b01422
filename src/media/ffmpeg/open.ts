import { embeddedEngine } from './embedded'
import type { Engine, Ffmpeg } from './engine'
import { canToneMap, nativeEngine, whatIsMissing } from './native'

/**
 * Opens the best available engine. `dir` must be writable. An installed ffmpeg is used only if it has every feature; a
 * chosen one that lacks something is an error.
 */
export function openEngine(ffmpeg: Ffmpeg, dir: string): Engine {
  if (ffmpeg === 'embedded') return embeddedEngine(dir)
  const missing = whatIsMissing(ffmpeg)
  if (!missing) return nativeEngine(ffmpeg)
  if (ffmpeg.chosen) throw new Error(`The ffmpeg in PINHOLE_FFMPEG lacks: ${missing}.`)
  return embeddedEngine(dir)
}

/** Returns an engine that can convert a video of high dynamic range. The embedded ffmpeg always can. */
export const openToneMapper = (ffmpeg: Ffmpeg, engine: Engine, dir: string): Engine =>
  engine.name === 'embedded' || (ffmpeg !== 'embedded' && canToneMap(ffmpeg)) ? engine : embeddedEngine(dir)
