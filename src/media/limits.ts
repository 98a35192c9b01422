/** Longer sides in pixels. Nothing is ever enlarged. */
export const LONGEST_SIDE = { thumb: 480, poster: 1280, feed: 1440, full: 2560, blurred: 32 } as const

/** Of one image; of an animation all frames together. Bounds memory (4 bytes each) and time. */
export const MAX_PIXELS = 100_000_000

export const MAX_FRAMES = 1_000

/** Editors keep selections beside the colours; what has still more is no photo. */
export const MAX_CHANNELS = 10

/** Characters of the data URL, its prefix included. */
export const MAX_PLACEHOLDER_LENGTH = 1_000

export const IMAGE_TIMEOUT_MS = 120_000

/** The worker's resident memory, beyond which it is killed. An animation at the pixel limit needs about half of it. */
export const MAX_RESIDENT_BYTES = 1.5 * 1024 ** 3

/** What is shown of a video, whichever way up. */
export const MP4_SIDES = { longer: 1920, shorter: 1080 } as const

export const MAX_FRAMES_PER_SECOND = 60

/** A video is left as it is up to this; one that is made anew has at most as much. */
export const MAX_BITS_PER_SECOND = 8_000_000

/** Of one frame: 8K. */
export const MAX_VIDEO_PIXELS = 8192 * 4320

export const MAX_VIDEO_SECONDS = 4 * 3600

/** Tracks in one file. Phones write up to six. */
export const MAX_STREAMS = 32

export const PROBE_TIMEOUT_MS = 60_000
export const FRAME_TIMEOUT_MS = 120_000

/**
 * The slowest case known, our own ffmpeg on two old cores with hard 1080p, takes 15 times as long as the video lasts. There is much to
 * do only where there are many bytes: a few of them that claim to last for hours get four seconds for each kilobyte.
 */
export const conversionTimeoutMs = (seconds: number, bytes: number) =>
  Math.min(LONGEST_CONVERSION_MS, 120_000 + Math.min(seconds * 20_000, bytes * 4))
const LONGEST_CONVERSION_MS = 12 * 3600_000

/** All that is done for one video; each step has its own limit, this is for a worker that forgot them. */
export const VIDEO_TIMEOUT_MS = 2 * LONGEST_CONVERSION_MS + 600_000

/** The worker's resident memory while it works on a video, an ffmpeg it started counted in. */
export const MAX_VIDEO_RESIDENT_BYTES = 3 * 1024 ** 3
