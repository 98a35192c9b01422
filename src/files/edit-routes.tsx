import { Hono } from 'hono'
import { fileSchema } from '../../shapes/files'
import { EditFilePage, Editor } from '../../views/files/edit'
import type { Env } from '../context'
import { PER_VIEWER } from '../http/answer'
import { api } from '../http/api'
import { idParam } from '../http/input'
import { reply } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { sendStored } from '../media/deliver'
import { isCut } from '../media/edit'
import { renditionFile } from '../media/renditions'
import { Problem } from '../problem'
import { ownFileJson } from './json'
import { findOwnFile } from './model'
import type { FileRow } from './table'

/** Where the author sees all of a file, of which perhaps only a part is shown. */
function wholeOf({ id, kind, madeFrom }: FileRow, shown: { feed?: { url: string }; mp4?: { url: string } }) {
  if (!madeFrom || !isCut(madeFrom.edit)) return (shown.mp4 ?? shown.feed)?.url
  return kind === 'video' ? `/files/${id}/original` : `/files/${id}/uncut`
}

export const edits = new Hono<Env>()
  .get(
    '/:id/edit',
    api('Get one of your files, with what you can change before it is published.', {
      answers: fileSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const row = await findOwnFile(c.var.app.db, viewer(c), idParam(c))
      const file = ownFileJson(row, viewerContextOf(c))
      const whole = wholeOf(row, file.renditions)
      if (!whole || !file.original)
        throw new Problem('conflict', 'This file is not ready yet. Please try again in a moment.', {
          code: 'file_not_ready',
        })
      const { original } = file
      return reply(c, {
        json: () => file,
        part: () => <Editor file={file} original={original} whole={whole} />,
        page: () => <EditFilePage file={file} original={original} whole={whole} />,
      })
    },
  )
  .get(
    '/:id/uncut',
    api('Get all of one of your photos, also of one of which you show a part.', {
      bytes: ['image/webp'],
      errors: [401, 404],
    }),
    async (c) => {
      const { app } = c.var
      const { id, renditions } = await findOwnFile(app.db, viewer(c), idParam(c))
      const name = renditions.uncut ? 'uncut' : 'full' // the same for a photo of which nothing is cut away
      const stored = await app.storage.open(id, renditionFile(name))
      if (!stored) throw new Problem('not_found', 'This file does not exist.')
      return sendStored(c, stored, { 'content-type': 'image/webp', 'cache-control': PER_VIEWER })
    },
  )
