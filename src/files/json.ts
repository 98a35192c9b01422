import type { FileJson } from '../../shapes/files'
import type { ViewerContext } from '../http/viewer-context'
import { type Rendition, type RenditionName, storedFile } from '../media/renditions'
import { unpackMessage } from './message'
import type { ShownFile } from './table'

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
  postId: file.postId,
})

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
      shown[name] = renditionJson(id, name, renditions[name as RenditionName]!, viewerContext, forAnyone)
    return shown
  })

const renditionJson = (
  fileId: number,
  name: string,
  rendition: Rendition,
  viewerContext: ViewerContext,
  forAnyone: boolean,
) => ({
  url: viewerContext.urlOf(fileId, storedFile(name as RenditionName, rendition), forAnyone),
  type: rendition.type,
  width: rendition.width,
  height: rendition.height,
})
