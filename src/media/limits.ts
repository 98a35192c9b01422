/** The longest side of each rendition in pixels. Pictures are never enlarged. */
export const LONGEST_SIDE = { thumb: 480, poster: 1280, feed: 1440, full: 2560, blurred: 32 } as const

/** The largest image in pixels, counting all frames of an animation. It limits memory (4 bytes per pixel) and time. */
export const MAX_PIXELS = 100_000_000

/** The largest number of frames of an animation. */
export const MAX_FRAMES = 1_000

/** The largest number of pictures in a HEIC or AVIF file, most of which are tiles of the one that is shown. */
export const MAX_ITEMS = 20_000

/** The largest number of channels. Editors store selections as extra channels; a file with more is not a photo. */
export const MAX_CHANNELS = 10

/** The longest placeholder in characters, including the prefix of the data URL. */
export const MAX_PLACEHOLDER_LENGTH = 1_000

/** How long a picture may take, also the largest one on a slow machine. */
export const IMAGE_TIMEOUT_MS = 120_000

/** The worker is killed when its resident memory exceeds this. An animation at the pixel limit needs about half. */
export const MAX_RESIDENT_BYTES = 1.5 * 1024 ** 3

/** The largest sides of a converted video, in either orientation. */
export const MP4_SIDES = { longer: 1920, shorter: 1080 } as const

/** A video of more frames per second is not kept as it is. A converted one has at most so many. */
export const MAX_FRAMES_PER_SECOND = 60

/** A video up to this bit rate may be kept as it is. A converted video has at most this bit rate. */
export const MAX_BITS_PER_SECOND = 8_000_000

/** The largest frame in pixels (8K). */
export const MAX_VIDEO_PIXELS = 8192 * 4320

/** The longest video: four hours. */
export const MAX_VIDEO_SECONDS = 4 * 3600

/** The largest number of tracks in a file. Phones write up to six. */
export const MAX_STREAMS = 32

/** The largest index of an MP4 that is read. That of a film of four hours with 60 frames per second takes about 30 MB. */
export const MAX_INDEX_BYTES = 128 * 1024 ** 2

/** The largest number of parts that the edit lists of picture and sound may have together. Each takes a decoder. */
export const MAX_PARTS = 40

/** How long it may take to read what is in a video, and to take one picture from it. */
export const PROBE_TIMEOUT_MS = 60_000
export const FRAME_TIMEOUT_MS = 120_000

/**
 * The time limit of a conversion. The slowest known case, the embedded ffmpeg on two old cores with demanding 1080p
 * video, takes 15 times the length of the video. A small file has little to convert, so a small file that claims to
 * last for hours gets only four seconds per kilobyte.
 */
export const conversionTimeoutMs = (seconds: number, bytes: number) =>
  Math.min(LONGEST_CONVERSION_MS, 120_000 + Math.min(seconds * 20_000, bytes * 4))
const LONGEST_CONVERSION_MS = 12 * 3600_000

/**
 * The time limit for all steps of one video. Each step has its own limit; this one catches a worker that ignores them.
 */
export const VIDEO_TIMEOUT_MS = 2 * LONGEST_CONVERSION_MS + 600_000

/** The largest resident memory of the worker while it processes a video, including ffmpeg. */
export const MAX_VIDEO_RESIDENT_BYTES = 3 * 1024 ** 3
