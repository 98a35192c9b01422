import { resolve } from 'node:path'
import type { Asking } from './child'
import { shareOut, takeTurns } from './child-queue'
import type { Ffmpeg } from './ffmpeg/engine'
import { IMAGE_TIMEOUT_MS, MAX_RESIDENT_BYTES, MAX_VIDEO_RESIDENT_BYTES, VIDEO_TIMEOUT_MS } from './limits'
import type {
  CoverResult,
  IconsResult,
  ImageResult,
  ImageTask,
  LadderResult,
  VideoResult,
  VideoTask,
} from './renditions'

type WholeVideo = Omit<VideoTask, 'ffmpeg' | 'only'>
type OnlyCover = WholeVideo & { only: 'cover' }
type OnlyLadder = WholeVideo & { only: 'ladder' }

/**
 * Makes renditions in child processes. The calls throw `BadMedia` when the file is at fault, and `WorkerStopped` when
 * another attempt may help.
 */
export type MediaWorker = {
  image(task: ImageTask, asking?: Asking): Promise<ImageResult>
  icons(task: ImageTask, asking?: Asking): Promise<IconsResult>
  video(task: WholeVideo, asking?: Asking): Promise<VideoResult>
  video(task: OnlyCover, asking?: Asking): Promise<CoverResult>
  video(task: OnlyLadder, asking?: Asking): Promise<LadderResult>
  /** The process id of a child for photos, while one runs. */
  readonly pid: number | null
  /** How many photos are processed at once. */
  readonly photosAtOnce: number
  /** The process id of the child for videos, while it runs. */
  readonly videoPid: number | null
  /** Ends the children at once. */
  stop(): Promise<void>
}

export type MediaWorkerOptions = {
  /** See `mediaWorkerCommand`. */
  command: string[]
  /** The folder where the executable unpacks its native libraries. */
  nativeDir: string
  /**
   * The folder in which each child gets a folder of its own while it runs. It must be in the file system to which the
   * renditions are written.
   */
  workersDir: string
  ffmpeg?: Ffmpeg
  /** How many photos are processed at once, each in a child of its own. */
  photosAtOnce?: number
  /** The time limit of a photo. */
  timeoutMs?: number
  maxResidentBytes?: number
  /** How often the memory of the children is checked. */
  pollMs?: number
  imagesPerChild?: number
  videoTimeoutMs?: number
  maxVideoResidentBytes?: number
  idleMs?: number
}

/**
 * Creates the media worker. Photos and videos have separate children, so photos do not wait for videos, and each photo
 * has a child to itself, so one that kills its child harms no other.
 */
export function createMediaWorker({
  command,
  nativeDir: nativePath,
  workersDir,
  ffmpeg = 'embedded',
  photosAtOnce = 1,
  timeoutMs = IMAGE_TIMEOUT_MS,
  maxResidentBytes = MAX_RESIDENT_BYTES,
  pollMs = 250,
  imagesPerChild = 100,
  videoTimeoutMs = VIDEO_TIMEOUT_MS,
  maxVideoResidentBytes = MAX_VIDEO_RESIDENT_BYTES,
  idleMs = 60_000,
}: MediaWorkerOptions): MediaWorker {
  const nativeDir = resolve(nativePath)
  const places = { command, nativeDir, workersDir: resolve(workersDir) }
  const photo = { programs: [], limits: { timeoutMs, maxResidentBytes, pollMs }, tasksPerChild: imagesPerChild, idleMs }
  const photos = shareOut(Array.from({ length: photosAtOnce }, () => takeTurns({ ...places, ...photo })))
  const videoLimits = { timeoutMs: videoTimeoutMs, maxResidentBytes: maxVideoResidentBytes, pollMs }
  const programs = ffmpeg === 'embedded' ? [] : [ffmpeg.ffmpeg, ffmpeg.ffprobe]
  const videos = takeTurns({ ...places, programs, limits: videoLimits, tasksPerChild: 1, idleMs: 0 })
  return {
    get pid() {
      return photos.pid
    },
    photosAtOnce,
    get videoPid() {
      return videos.pid
    },
    image: (image, asking = {}) => photos.ask({ image, nativeDir }, asking) as Promise<ImageResult>,
    icons: (task, asking = {}) =>
      photos.ask({ image: { ...task, only: 'icons' }, nativeDir }, asking) as Promise<IconsResult>,
    video: (task: WholeVideo | OnlyCover | OnlyLadder, asking: Asking = {}) =>
      videos.ask({ video: { ...task, ffmpeg }, nativeDir }, asking) as Promise<never>,
    stop: async () => void (await Promise.all([photos.stop(), videos.stop()])),
  }
}
