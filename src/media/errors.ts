const MESSAGES = {
  unsupported:
    'This file cannot be shown. Photos: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF. Videos: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.',
  unreadable: 'The file is damaged or incomplete and cannot be read.',
  too_many_pixels: 'The picture is too large: at most 100 megapixels, in an animation all frames together.',
  too_many_frames: 'The animation is too long: at most 1,000 frames.',
  no_picture: 'There is no moving picture in this file.',
  codec: 'This server cannot read the format inside this video. Please upload it as H.264 or HEVC.',
  frame_too_large: 'The picture of this video is too large: at most 8192 × 4320 pixels.',
  too_long: 'The video is too long: at most 4 hours.',
  too_many_streams: 'There are too many tracks in this video.',
  too_heavy: 'The file needs too much memory to be processed.',
  too_slow: 'The file took too long to be processed.',
}

export type BadMediaCode = keyof typeof MESSAGES

/** The file itself is at fault: trying again gives the same. The message is meant for who uploaded it; the cause is for the log. */
export class BadMedia extends Error {
  override readonly name = 'BadMedia'
  constructor(
    readonly code: BadMediaCode,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[code], options)
  }
}

/** The worker ended or failed before it was done, and not because of a limit: worth another try. */
export class WorkerStopped extends Error {
  override readonly name = 'WorkerStopped'
}
