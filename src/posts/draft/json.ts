import type { DraftJson } from '../../../shapes/posts'
import { ownFileJson } from '../../files/json'
import type { ViewerContext } from '../../http/viewer-context'
import type { SavedDraft } from './model'

/** A draft with its files, in the order in which the post will show them. */
export const draftJson = (
  { caption, price, visibility, sensitive, adultsOnly, publishAt, collectionId, savedAt, files }: SavedDraft,
  viewerContext: ViewerContext,
): DraftJson => ({
  caption,
  price,
  visibility,
  sensitive,
  adultsOnly,
  fileIds: files.map(({ id }) => id),
  publishAt: publishAt?.toISOString() ?? null,
  collectionId,
  savedAt: savedAt.toISOString(),
  files: files.map((file) => ownFileJson(file, viewerContext)),
})
