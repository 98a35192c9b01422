import type { FileJson } from '../../shapes/files'
import type { ViewerContext } from '../http/viewer-context'
import { captionFile, isShown, type LinkedName, type Rendition, storedFile } from '../media/renditions'
import { unpackMessage } from './message'
import type { FileRow, ShownFile } from './table'

/**
 * `forAnyone` means that everyone with access to the community may see the file, so in a public community its links are
 * not tied to a viewer.
 */
export const fileJson = (file: ShownFile, viewerContext: ViewerContext, forAnyone = false): FileJson => ({
  id: file.id,
  kind: file.kind,
  ...(isOwner(file, viewerContext) && { name: file.name }),
  status: file.status,
  progress: file.progress,
  error: file.status === 'failed' ? messageJson(file, viewerContext) : null,
  ...(file.status === 'ready' && isOwner(file, viewerContext) && { note: messageJson(file, viewerContext) }),
  width: file.width,
  height: file.height,
  duration: file.duration,
  altText: file.altText,
  placeholder: file.placeholder,
  renditions: renditionsJson(file, viewerContext, forAnyone),
  ...(file.kind === 'video' && { captions: captionsJson(file, viewerContext, forAnyone) }),
  postId: file.postId,
})

/** A file as its owner sees it, with what can be changed before it is published. */
export const ownFileJson = (file: FileRow, viewerContext: ViewerContext): FileJson => ({
  ...fileJson(file, viewerContext),
  bytes: file.bytes,
  sha256: file.sha256,
  createdAt: file.createdAt.toISOString(),
  crop: file.edit.crop ?? null,
  turn: file.edit.turn ?? 0,
  trim: file.edit.trim ?? null,
  cover: file.edit.cover ?? null,
  original: originalOf(file),
})

/** The size and length of the original, as far as they are known. Files that were never changed have those themselves. */
function originalOf({ madeFrom, width, height, duration }: FileRow): NonNullable<FileJson['original']> | null {
  if (madeFrom) return { width: madeFrom.width, height: madeFrom.height, duration: madeFrom.duration }
  return width !== null && height !== null ? { width, height, duration } : null
}

const isOwner = ({ ownerId }: ShownFile, { viewer }: ViewerContext) => ownerId === viewer?.id

const messageJson = ({ errorCode, errorMessage }: ShownFile, { t }: ViewerContext) =>
  errorCode ? { code: errorCode, message: t(...unpackMessage(errorMessage ?? '')) } : null

/** The parts of a locked file that are shown before purchase: its dimensions, its duration and 32 blurred pixels. */
export const lockedFileJson = (
  { id, kind, width, height, duration, placeholder, renditions }: ShownFile,
  viewerContext: ViewerContext,
  forAnyone: boolean,
): FileJson => ({
  id,
  kind,
  status: 'ready',
  progress: 1,
  error: null,
  width,
  height,
  duration,
  altText: null,
  placeholder,
  renditions: renditions.blurred ? previewJson(id, renditions.blurred, viewerContext, forAnyone) : {},
  postId: null,
})

const previewJson = (id: number, blurred: Rendition, viewerContext: ViewerContext, forAnyone: boolean) =>
  viewerContext.remembered(id, blurred, forAnyone, () => ({
    blurred: renditionJson(id, 'blurred', blurred, viewerContext, forAnyone),
  }))

const renditionsJson = ({ id, renditions }: ShownFile, viewerContext: ViewerContext, forAnyone: boolean) =>
  viewerContext.remembered(id, renditions, forAnyone, () => {
    const shown: FileJson['renditions'] = {}
    for (const name in renditions)
      if (isShown(name)) shown[name] = renditionJson(id, name, renditions[name]!, viewerContext, forAnyone)
    if (shown.hls) shown.hls.qualities = qualitiesOf(renditions)
    return shown
  })

const qualitiesOf = (renditions: Record<string, Rendition>) =>
  Object.keys(renditions)
    .flatMap((name) => /^(\d+)p$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a)

const captionsJson = ({ id, captions }: ShownFile, { urlOf }: ViewerContext, forAnyone: boolean) =>
  Object.entries(captions).map(([language, { sha256 }]) => ({
    language,
    url: urlOf(id, captionFile(language, sha256), forAnyone),
  }))

const renditionJson = (
  fileId: number,
  name: string,
  rendition: Rendition,
  viewerContext: ViewerContext,
  forAnyone: boolean,
) => ({
  url: viewerContext.urlOf(fileId, storedFile(name as LinkedName, rendition), forAnyone),
  type: rendition.type,
  width: rendition.width,
  height: rendition.height,
  ...(rendition.every && { every: rendition.every }),
})
