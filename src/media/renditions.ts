import type { Edit } from '../../shapes/edits'
import type { Note } from './errors'
import type { Ffmpeg } from './ffmpeg/engine'

export const IMAGE_RENDITIONS = ['thumb', 'feed', 'full', 'blurred'] as const
export const VIDEO_RENDITIONS = ['mp4', 'poster', 'thumb', 'blurred'] as const
/** The renditions that show the cover of a video. */
export const COVER_RENDITIONS = ['poster', 'thumb', 'blurred'] as const
export type ImageRendition = (typeof IMAGE_RENDITIONS)[number]
export type VideoRendition = (typeof VIDEO_RENDITIONS)[number]
export type CoverRendition = (typeof COVER_RENDITIONS)[number]
/** The renditions that links lead to. */
export type LinkedName = ImageRendition | VideoRendition
/** `uncut` is all of a photo of which its author shows a part. Only the author gets it, to change the part. */
export type RenditionName = LinkedName | 'uncut'

export type Rendition = {
  type: string
  width: number
  height: number
  bytes: number
  /** The hash of the rendition's bytes in hex. */
  sha256: string
  /** The rendition of the same file whose bytes also serve as this one. Without it, this one has bytes of its own. */
  sameAs?: RenditionName
}

export type ImageTask = {
  /** Path of the original. */
  input: string
  /** An existing folder for this task only. Renditions are written into it under the names of `renditionFile`. */
  output: string
  /** The changes that the author wants. */
  edit?: Edit
}

export type VideoTask = ImageTask & {
  ffmpeg: Ffmpeg
  /** The input is the MP4 that was made before with the same crop, turn and trim, and only its cover is made. */
  onlyCover?: boolean
}

type Size = { width: number; height: number }

type Result<N extends RenditionName> = Size & {
  type: string
  /** The SHA-256 of the original in hex. */
  sha256: string
  /** The blurred rendition as a data URL. */
  placeholder: string
  renditions: Record<N, Rendition>
}

/** `original` is the size of the original after rotation, and `width` and `height` are those of what is shown. */
export type ImageResult = Result<ImageRendition> & {
  original: Size
  animated: boolean
  note?: Note
  renditions: { uncut?: Rendition }
}
/** Durations are in seconds. That of the original is null if it does not say it and only a part was converted. */
export type VideoResult = Result<VideoRendition> & {
  original: Size & { duration: number | null }
  duration: number
  note?: Note
}
export type CoverResult = Pick<Result<CoverRendition>, 'placeholder' | 'renditions'>

/**
 * The path of a rendition in its file's folder. The subfolder is the class of the links that open it; people who have
 * not paid may see only `preview`. No link opens what is in `author`.
 */
export const renditionFile = <N extends RenditionName>(name: N) =>
  `${folderOf(name)}/${name}.${name === 'mp4' ? 'mp4' : 'webp'}` as Place<N>

type Place<N extends RenditionName> = N extends LinkedName ? `${'preview' | 'full'}/${string}` : `author/${string}`

function folderOf(name: RenditionName) {
  if (name === 'uncut') return 'author'
  return name === 'blurred' ? 'preview' : 'full'
}

/** The path at which the bytes of a rendition are stored. */
export const storedFile = <N extends RenditionName>(name: N, { sameAs }: Pick<Rendition, 'sameAs'>) =>
  renditionFile((sameAs ?? name) as N)
