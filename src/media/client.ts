import { type Asking, type Child, startChild } from './child'
import { WorkerStopped } from './errors'
import { IMAGE_TIMEOUT_MS, MAX_RESIDENT_BYTES } from './limits'
import type { ImageResult, ImageTask } from './renditions'

export type MediaWorker = {
  /** Throws `BadMedia` when the file is at fault, `WorkerStopped` when another try may help. */
  image(task: ImageTask, asking?: Asking): Promise<ImageResult>
  /** Of the child, while there is one. */
  readonly pid: number | null
  /** Ends the child, whatever it is doing. */
  stop(): Promise<void>
}

export type MediaWorkerOptions = {
  /** See `mediaWorkerCommand`. */
  command: string[]
  /** Where the executable unpacks its native libraries. */
  nativeDir: string
  timeoutMs?: number
  maxResidentBytes?: number
  /** How often the child's memory is looked at. */
  pollMs?: number
  /** After so many images a fresh child takes over: what its libraries have hoarded goes back. */
  imagesPerChild?: number
  /** A child without work ends after this long. */
  idleMs?: number
}

/** Starts the worker child at first use and after it died; one image at a time, others wait in order. */
export function createMediaWorker({
  command,
  nativeDir,
  timeoutMs = IMAGE_TIMEOUT_MS,
  maxResidentBytes = MAX_RESIDENT_BYTES,
  pollMs = 250,
  imagesPerChild = 100,
  idleMs = 60_000,
}: MediaWorkerOptions): MediaWorker {
  let child: Child | null = null
  let images = 0
  let idle: Timer | undefined
  let last: Promise<unknown> = Promise.resolve()
  let isStopped = false

  const retire = () => {
    child?.retire()
    child = null
  }

  async function run(image: ImageTask, asking: Asking) {
    if (isStopped || asking.signal?.aborted) throw new WorkerStopped('The work was called off.', { cause: asking.signal?.reason })
    clearTimeout(idle)
    if (images >= imagesPerChild) retire()
    if (!child || child.gone) {
      child = startChild(command, { timeoutMs, maxResidentBytes, pollMs })
      images = 0
    }
    images++
    try {
      return await child.ask({ image, nativeDir }, asking)
    } finally {
      idle = setTimeout(retire, idleMs)
      idle.unref()
    }
  }

  return {
    get pid() {
      return child && !child.gone ? child.pid : null
    },
    image(task, asking = {}) {
      const turn = last.then(() => run(task, asking))
      last = turn.catch(() => {})
      return turn
    },
    async stop() {
      isStopped = true
      clearTimeout(idle)
      await child?.kill()
      await last
    },
  }
}
