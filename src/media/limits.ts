/** Longer sides in pixels. Nothing is ever enlarged. */
export const LONGEST_SIDE = { thumb: 480, feed: 1440, full: 2560, blurred: 32 } as const

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
