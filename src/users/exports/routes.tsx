import { Hono } from 'hono'
import { exportSchema } from '../../../shapes/exports'
import { ExportsPage, ExportsPart } from '../../../views/users/exports/page'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { attachment } from '../../http/send-file'
import { sendStored } from '../../media/deliver'
import { Problem } from '../../problem'
import { exportJson } from './json'
import { askExport, findExport, isOutOfDate, listExports } from './model'
import { exportPlace } from './place'

const HERE = '/users/account/exports'

export const exports = new Hono<Env>()
  .get(
    '/',
    api('List the zips with everything of yours, newest first.', { lists: exportSchema, errors: [401, 403] }),
    async (c) => {
      const page = await listExports(c.var.app.db, inPerson(c), wanted(c))
      const next = nextLink(c, page)
      const list = page.items.map(exportJson)
      return reply(c, {
        json: () => ({ ...page, items: list }),
        part: () => <ExportsPart list={list} next={next} />,
        page: () => <ExportsPage list={list} next={next} />,
      })
    },
  )
  .post(
    '/',
    api('Collect everything of yours in one zip: originals, JSON and pages. You are notified when it is ready.', {
      made: exportSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { now } = c.var.app
      const me = inPerson(c)
      const made = await c.var.write((tx) => askExport(tx, me, now()))
      return replyChanged(c, { json: () => exportJson(made) }, HERE, { made: `${HERE}/${made.id}` })
    },
  )
  .get('/:id', api('Get the state of an export.', { answers: exportSchema, errors: [401, 403, 404] }), async (c) => {
    const found = exportJson(await findExport(c.var.app.db, inPerson(c), idParam(c)))
    return reply(c, {
      json: () => found,
      part: () => <ExportsPart list={[found]} next={null} />,
      page: () => <ExportsPage list={[found]} next={null} />,
    })
  })
  .get(
    '/:id/archive',
    api('Download the zip. `Range` resumes a download.', {
      bytes: ['application/zip'],
      errors: [401, 403, 404, 409, 410, 503],
    }),
    async (c) => {
      const { app } = c.var
      const me = inPerson(c)
      const found = await findExport(app.db, me, idParam(c))
      const { id, status, createdAt, expiresAt } = found
      if (status !== 'ready')
        throw new Problem('conflict', 'This zip is not ready yet. You will be notified when it is.', {
          code: 'not_ready',
        })
      if (expiresAt && expiresAt <= app.now())
        throw new Problem('gone', 'This zip has expired. Collect your data again.')
      if (await isOutOfDate(app.db, found))
        throw new Problem('gone', 'This zip may hold something that you can no longer open. Collect your data again.')
      const stored = await exportPlace(app).open(id)
      if (!stored) throw new Problem('gone', 'This zip has expired. Collect your data again.')
      return sendStored(c, stored, {
        'content-type': 'application/zip',
        'content-disposition': attachment(`${me.handle}-${createdAt.toISOString().slice(0, 10)}.zip`),
        'cache-control': 'private, no-store',
        etag: stored.etag,
      })
    },
  )
