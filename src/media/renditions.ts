import type { Edit } from '../../shapes/edits'
import type { IconName } from '../../shapes/mark'
import type { Note } from './errors'
import type { Ffmpeg } from './ffmpeg/engine'

/** The renditions that every ready photo and every ready video has. */
export const IMAGE_RENDITIONS = ['thumb', 'feed', 'full', 'blurred'] as const
export const VIDEO_RENDITIONS = ['mp4', 'poster', 'thumb', 'blurred'] as const
/** The renditions that show the cover of a video. */
export const COVER_RENDITIONS = ['poster', 'thumb', 'blurred'] as const
export type ImageRendition = (typeof IMAGE_RENDITIONS)[number]
export type VideoRendition = (typeof VIDEO_RENDITIONS)[number]
export type CoverRendition = (typeof COVER_RENDITIONS)[number]
/**
 * The renditions of a video in several qualities: the list of all (`hls`), for each quality its segments in one file and
 * their list, and the pictures that help to find a place (`scrub`).
 */
export type LadderName = 'hls' | 'scrub' | `${number}p` | `${number}p-list`
/** The renditions that links lead to. */
export type LinkedName = ImageRendition | VideoRendition | LadderName
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
  /** How many seconds lie between two of the pictures below each other, each of which has the size given. */
  every?: number
}

export type ImageTask = {
  /** Path of the original. */
  input: string
  /** An existing folder for this task only. Renditions are written into it under the names of `renditionFile`. */
  output: string
  /** The changes that the author wants. */
  edit?: Edit
}

/** Instead of renditions, the icons of the community are made. */
export type IconsTask = ImageTask & { only: 'icons' }
export type IconsResult = {
  icons: IconName[]
}
/** The folder of the output in which the icons are. */
export const ICONS_FOLDER = 'icons'

export type VideoTask = ImageTask & {
  ffmpeg: Ffmpeg
  /** The input is the MP4 that was made before with the same crop, turn and trim, of which only this is made. */
  only?: 'cover' | 'ladder'
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
/** Nothing is made of a video of which no other quality would help. */
export type LadderResult = { renditions: Record<string, Rendition> }

/**
 * The path of a rendition in its file's folder. The subfolder is the class of the links that open it; people who have
 * not paid may see only `preview`. No link opens what is in `author`.
 */
export const renditionFile = <N extends RenditionName>(name: N) => `${folderOf(name)}/${fileOf(name)}` as Place<N>

type Place<N extends RenditionName> = N extends LinkedName ? `${'preview' | 'full'}/${string}` : `author/${string}`

/** The playlist of a quality is called like the quality, with an ending of its own. */
const fileOf = (name: RenditionName) => {
  const [, quality, isList] = /^(\d+p)(-list)?$/.exec(name) ?? []
  if (quality) return `${quality}.${isList ? 'm3u8' : 'mp4'}`
  return `${name}.${{ mp4: 'mp4', hls: 'm3u8' }[name as string] ?? 'webp'}`
}

/** Whether people are told of a rendition. Players find the files of a quality by themselves. */
export const isShown = (name: string): boolean => name !== 'uncut' && !/^\d+p/.test(name)

function folderOf(name: RenditionName) {
  if (name === 'uncut') return 'author'
  return name === 'blurred' ? 'preview' : 'full'
}

/**
 * The path of captions in their file's folder. It changes with their bytes, so that nobody is shown old ones from a cache.
 */
export const captionFile = (language: string, sha256: string) =>
  `full/captions-${language.toLowerCase()}-${sha256.slice(0, 12)}.vtt` as const

/** The path at which the bytes of a rendition are stored. */
export const storedFile = <N extends RenditionName>(name: N, { sameAs }: Pick<Rendition, 'sameAs'>) =>
  renditionFile((sameAs ?? name) as N)
