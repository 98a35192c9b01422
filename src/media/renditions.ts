import type { Note } from './errors'
import type { Ffmpeg } from './ffmpeg/engine'

export const IMAGE_RENDITIONS = ['thumb', 'feed', 'full', 'blurred'] as const
export const VIDEO_RENDITIONS = ['mp4', 'poster', 'thumb', 'blurred'] as const
export type ImageRendition = (typeof IMAGE_RENDITIONS)[number]
export type VideoRendition = (typeof VIDEO_RENDITIONS)[number]
export type RenditionName = ImageRendition | VideoRendition

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
}

export type VideoTask = ImageTask & { ffmpeg: Ffmpeg }

type Result<N extends RenditionName> = {
  /** Dimensions of the original after rotation. */
  width: number
  height: number
  type: string
  /** The SHA-256 of the original in hex. */
  sha256: string
  /** The blurred rendition as a data URL. */
  placeholder: string
  renditions: Record<N, Rendition>
}

export type ImageResult = Result<ImageRendition> & { animated: boolean }
/** `duration` is in seconds. */
export type VideoResult = Result<VideoRendition> & { duration: number; note?: Note }

/**
 * The path of a rendition in its file's folder. The subfolder is the class of the links that open it; people who have
 * not paid may see only `preview`.
 */
export const renditionFile = (name: RenditionName) =>
  `${name === 'blurred' ? 'preview' : 'full'}/${name}.${name === 'mp4' ? 'mp4' : 'webp'}` as const

/** The path at which the bytes of a rendition are stored. */
export const storedFile = (name: RenditionName, { sameAs = name }: Pick<Rendition, 'sameAs'>) => renditionFile(sameAs)
