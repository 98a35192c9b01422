import { availableParallelism, totalmem } from 'node:os'
import { MAX_RESIDENT_BYTES } from './limits'

/** Photos together may use this part of the memory. The rest is for the server and a video. */
const SHARE_OF_MEMORY = 1 / 2

const MOST_AT_ONCE = 2

/**
 * How many photos this machine processes at once: two if it has two processors and enough memory for two photos at the
 * limit, otherwise one.
 */
export function photosAtOnce(processors = availableParallelism(), memory = memoryBytes()): number {
  const fitting = Math.floor((memory * SHARE_OF_MEMORY) / MAX_RESIDENT_BYTES)
  return Math.max(1, Math.min(MOST_AT_ONCE, processors, fitting))
}

/** The memory of the machine, or of the container if that has less. */
const memoryBytes = () => Math.min(totalmem(), process.constrainedMemory() || totalmem())
