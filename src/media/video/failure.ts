import { BadMedia } from '../errors'
import type { Ended } from '../ffmpeg/engine'
import { codecName } from './probe'

/** The codec that ffmpeg complains about. */
const codecIn = (log: string) => /codec ([\w.-]+)\)|for codec ([\w.-]+)/i.exec(log)?.slice(1).find(Boolean) ?? '?'

/**
 * Decides from ffmpeg's log whether a failure was the file's fault or this machine's. In the second case another
 * attempt may help.
 */
export function complaint({ isTimeout, log }: Pick<Ended, 'isTimeout' | 'log'>): Error {
  if (isTimeout) return new BadMedia('too_slow')
  if (/No space left on device|Disk quota exceeded|Permission denied|Read-only file system/i.test(log))
    return new Error(log)
  if (/Cannot allocate memory|out of memory/i.test(log)) return new BadMedia('too_heavy', { cause: log })
  if (/no decoder|decoder .*not found|Decoder not found|hardware accelerated \w+ decoding/i.test(log))
    return new BadMedia('codec', { cause: log, values: { codec: codecName(codecIn(log)) } })
  return new BadMedia('unreadable', { cause: log })
}
