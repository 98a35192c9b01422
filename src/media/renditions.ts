export const RENDITIONS = ['thumb', 'feed', 'full', 'blurred'] as const
export type RenditionName = (typeof RENDITIONS)[number]
export type Rendition = { type: string; width: number; height: number; bytes: number }

export type ImageTask = {
  /** Path of the original. */
  input: string
  /** An existing folder of this task's own; renditions are written below it under the names of `renditionFile`. */
  output: string
}

export type ImageResult = {
  /** Of the upright original. */
  width: number
  height: number
  type: string
  animated: boolean
  /** Of the original's bytes, in hex. */
  sha256: string
  /** A data URL of the blurred rendition. */
  placeholder: string
  renditions: Record<RenditionName, Rendition>
}

/** Where a rendition lies in its file's folder. The folder is the class of the links that open it: only `preview` may be seen by anyone. */
export const renditionFile = (name: RenditionName) => `${name === 'blurred' ? 'preview' : 'full'}/${name}.webp` as const
