const MESSAGES = {
  unsupported: 'This kind of file cannot be shown. Photos may be JPEG, PNG, WebP, AVIF, HEIC, GIF or TIFF.',
  unreadable: 'The file is damaged or incomplete and cannot be read.',
  too_many_pixels: 'The picture is too large: at most 100 megapixels, in an animation all frames together.',
  too_many_frames: 'The animation is too long: at most 1,000 frames.',
  too_heavy: 'The picture needs too much memory to be processed.',
  too_slow: 'The picture took too long to be processed.',
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
