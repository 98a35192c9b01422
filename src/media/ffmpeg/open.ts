import { embeddedEngine } from './embedded'
import type { Engine, Ffmpeg } from './engine'
import { canToneMap, nativeEngine, whatIsMissing } from './native'

/** The best engine there is. `dir` may be written into. An ffmpeg that happens to be installed must be good enough; a chosen one says what it lacks. */
export function openEngine(ffmpeg: Ffmpeg, dir: string): Engine {
  if (ffmpeg === 'embedded') return embeddedEngine(dir)
  const missing = whatIsMissing(ffmpeg)
  if (!missing) return nativeEngine(ffmpeg)
  if (ffmpeg.chosen) throw new Error(`The ffmpeg that PINHOLE_FFMPEG names lacks: ${missing}.`)
  return embeddedEngine(dir)
}

/** The same, for a video of high dynamic range: our own has all it takes. */
export const openToneMapper = (ffmpeg: Ffmpeg, engine: Engine, dir: string): Engine =>
  engine.name === 'embedded' || (ffmpeg !== 'embedded' && canToneMap(ffmpeg)) ? engine : embeddedEngine(dir)
