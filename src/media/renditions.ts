import type { Ffmpeg } from './ffmpeg/engine'

export const IMAGE_RENDITIONS = ['thumb', 'feed', 'full', 'blurred'] as const
export const VIDEO_RENDITIONS = ['mp4', 'poster', 'thumb', 'blurred'] as const
export type ImageRendition = (typeof IMAGE_RENDITIONS)[number]
export type VideoRendition = (typeof VIDEO_RENDITIONS)[number]
export type RenditionName = ImageRendition | VideoRendition

/** `sha256` is of its bytes, in hex. */
export type Rendition = { type: string; width: number; height: number; bytes: number; sha256: string }

export type ImageTask = {
  /** Path of the original. */
  input: string
  /** An existing folder of this task's own; renditions are written below it under the names of `renditionFile`. */
  output: string
}

export type VideoTask = ImageTask & { ffmpeg: Ffmpeg }

type Result<N extends RenditionName> = {
  /** Of the upright original. */
  width: number
  height: number
  type: string
  /** Of the original's bytes, in hex. */
  sha256: string
  /** A data URL of the blurred rendition. */
  placeholder: string
  renditions: Record<N, Rendition>
}

export type ImageResult = Result<ImageRendition> & { animated: boolean }
/** `duration` in seconds. */
export type VideoResult = Result<VideoRendition> & { duration: number }

/** Where a rendition lies in its file's folder. The folder is the class of the links that open it: only `preview` may be seen by anyone. */
export const renditionFile = (name: RenditionName) =>
  `${name === 'blurred' ? 'preview' : 'full'}/${name}.${name === 'mp4' ? 'mp4' : 'webp'}` as const
