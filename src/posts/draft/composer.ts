import type { Context } from 'hono'
import { namesOfCollections } from '../../collections/model'
import type { Env } from '../../context'
import { ownFileJson } from '../../files/json'
import { listLoose } from '../../files/model'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { maxUploadBytes } from '../../uploads/receive'
import { draftJson } from './json'
import { lookUpDraft } from './model'

/**
 * Collects what the form for a new post needs: the draft, and its files followed by uploads that are in no post and no
 * draft, such as those of a browser that was closed before it had saved the draft.
 */
export async function composerOf(c: Context<Env>) {
  const { db } = c.var.app
  const me = viewer(c)
  const viewerContext = viewerContextOf(c)
  const draft = await lookUpDraft(db, me)
  const loose = await listLoose(db, me, 20)
  const files = [...(draft?.files ?? []), ...loose]
  return {
    draft: draft ? draftJson(draft, viewerContext) : null,
    files: files.map((file) => ownFileJson(file, viewerContext)),
    collections: await namesOfCollections(db, me),
    idempotencyKey: crypto.randomUUID() as string,
    maxUploadBytes: maxUploadBytes(c.var.app),
  }
}
