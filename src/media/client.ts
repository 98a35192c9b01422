import type { Asking } from './child'
import type { Ffmpeg } from './ffmpeg/engine'
import { IMAGE_TIMEOUT_MS, MAX_RESIDENT_BYTES, MAX_VIDEO_RESIDENT_BYTES, VIDEO_TIMEOUT_MS } from './limits'
import type { ImageResult, ImageTask, VideoResult, VideoTask } from './renditions'
import { takeTurns } from './turns'

/** Both throw `BadMedia` when the file is at fault, `WorkerStopped` when another try may help. */
export type MediaWorker = {
  image(task: ImageTask, asking?: Asking): Promise<ImageResult>
  video(task: Omit<VideoTask, 'ffmpeg'>, asking?: Asking): Promise<VideoResult>
  /** Of the child for photos, while there is one. */
  readonly pid: number | null
  /** Of the child for videos, while there is one. */
  readonly videoPid: number | null
  /** Ends the children, whatever they are doing. */
  stop(): Promise<void>
}

export type MediaWorkerOptions = {
  /** See `mediaWorkerCommand`. */
  command: string[]
  /** Where the executable unpacks its native libraries. */
  nativeDir: string
  ffmpeg?: Ffmpeg
  /** Of photos. */
  timeoutMs?: number
  maxResidentBytes?: number
  /** How often the children's memory is looked at. */
  pollMs?: number
  imagesPerChild?: number
  videoTimeoutMs?: number
  maxVideoResidentBytes?: number
  idleMs?: number
}

/** Photos do not wait for videos: each kind has a child of its own. */
export function createMediaWorker({
  command,
  nativeDir,
  ffmpeg = 'embedded',
  timeoutMs = IMAGE_TIMEOUT_MS,
  maxResidentBytes = MAX_RESIDENT_BYTES,
  pollMs = 250,
  imagesPerChild = 100,
  videoTimeoutMs = VIDEO_TIMEOUT_MS,
  maxVideoResidentBytes = MAX_VIDEO_RESIDENT_BYTES,
  idleMs = 60_000,
}: MediaWorkerOptions): MediaWorker {
  const photos = takeTurns({
    command,
    limits: { timeoutMs, maxResidentBytes, pollMs },
    tasksPerChild: imagesPerChild,
    idleMs,
  })
  const videoLimits = { timeoutMs: videoTimeoutMs, maxResidentBytes: maxVideoResidentBytes, pollMs }
  const videos = takeTurns({ command, limits: videoLimits, tasksPerChild: 1, idleMs: 0 })
  return {
    get pid() {
      return photos.pid
    },
    get videoPid() {
      return videos.pid
    },
    image: (image, asking = {}) => photos.ask({ image, nativeDir }, asking) as Promise<ImageResult>,
    video: (task, asking = {}) => videos.ask({ video: { ...task, ffmpeg }, nativeDir }, asking) as Promise<VideoResult>,
    stop: async () => void (await Promise.all([photos.stop(), videos.stop()])),
  }
}
