const MESSAGES = {
  unsupported:
    'This file type is not supported. Photos: JPEG, PNG, WebP, AVIF, HEIC, JPEG XL, GIF, TIFF, raw files. Videos: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.',
  unreadable: 'The file is damaged or incomplete and cannot be read.',
  too_many_pixels: 'The picture is too large: at most 100 megapixels, counting all frames of an animation.',
  too_many_frames: 'The animation is too long: at most 1,000 frames.',
  no_picture: 'This file contains no video.',
  codec: 'This server cannot read the codec of this video ({codec}). Please upload it as H.264 or HEVC.',
  variant: 'This server cannot read this kind of TIFF ({variant}). Please save it as JPEG or PNG.',
  raw: 'This raw file ({variant}) contains no large preview that this server can read. Please export it as JPEG.',
  encrypted: 'This video is encrypted. Please upload it without copy protection.',
  frame_too_large: 'The resolution of this video is too high: at most 8192 × 4320 pixels.',
  too_long: 'The video is too long: at most 4 hours.',
  too_many_streams: 'This video has too many tracks.',
  too_many_parts: 'This video is put together from too many parts. Please export it from the app that edited it.',
  outside: 'The part that is to be shown lies outside of this file. Please choose it again.',
  too_heavy: 'Processing this file takes too much memory.',
  too_slow: 'Processing this file took too long.',
}

/** What is said about a file that could be read, but not completely. */
const NOTES = {
  raw_preview:
    'This raw file is shown by its preview of {pixels} pixels, because it contains no larger one. To show all of it, export it as JPEG.',
  first_frame:
    'This picture moves, but keeping all of it moving is too much work for this server. Its first frame is shown.',
  sound_dropped: 'The sound of this video was left out, because this server cannot read its codec ({codec}).',
}

export type BadMediaCode = keyof typeof MESSAGES
export type NoteCode = keyof typeof NOTES

/** The parts of a message that differ from file to file, such as the name of a codec. */
export type MessageValues = Record<string, string>

/** Something that the uploader should know about a file that is ready. */
export type Note = { code: NoteCode; values: MessageValues }

/** The English sentence of a note, with its values still as `{placeholders}`. */
export const messageOf = ({ code }: Note) => NOTES[code]

const LONGEST_VALUE = 40

/** Keeps only short texts of ordinary characters, because a file decides what they say. */
export const safeValues = (values: MessageValues = {}): MessageValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value)
        .replace(/[^\w .()/+-]/g, '')
        .slice(0, LONGEST_VALUE),
    ]),
  )

/**
 * The file itself is at fault, so another attempt would fail as well. The message is for the person who uploaded it,
 * and the cause is for the log.
 */
export class BadMedia extends Error {
  override readonly name = 'BadMedia'
  readonly values: MessageValues
  constructor(
    readonly code: BadMediaCode,
    { values, ...options }: ErrorOptions & { values?: MessageValues } = {},
  ) {
    super(MESSAGES[code], options)
    this.values = safeValues(values)
  }
}

/** The worker ended or failed before it was done, for a reason other than a limit. Another attempt may help. */
export class WorkerStopped extends Error {
  override readonly name = 'WorkerStopped'
}
