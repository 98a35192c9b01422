import { type Context, Hono } from 'hono'
import { type CopiesJson, copiesSchema } from '../../../shapes/copies'
import { CopiesPage } from '../../../views/admin/copies'
import { record } from '../../actions/record'
import type { Env } from '../../context'
import { countMaking, dropQualities, makeQualitiesAgain, measureDroppable } from '../../files/shrink'
import { api } from '../../http/api'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'

const HERE = '/admin/copies'

async function stateOf({ var: { app } }: Context<Env>): Promise<CopiesJson> {
  return { ...(await measureDroppable(app.db)), making: await countMaking(app.db) }
}

export const adminCopies = new Hono<Env>()
  .get(
    '/',
    api('Get how much space the copies of videos take that can be made again.', {
      answers: copiesSchema,
      errors: [401, 403],
    }),
    async (c) => {
      staff(c, 'admin')
      const copies = await stateOf(c)
      return reply(c, { json: () => copies, page: () => <CopiesPage copies={copies} /> })
    },
  )
  .delete(
    '/',
    api('Drop the copies of videos in other qualities, which frees their space. Videos still play.', {
      errors: [401, 403],
    }),
    async (c) => {
      const { app, write } = c.var
      const me = staff(c, 'admin')
      const detail = await dropQualities({ db: app.db, write }, app.now())
      await write((tx) => record(tx, { kind: 'copies_dropped', by: me, detail }, app.now()))
      return replyGone(c, HERE, { leave: true })
    },
  )
  .post(
    '/',
    api('Make the copies again that were dropped. Jobs do it, one video at a time.', {
      answers: copiesSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { app, write } = c.var
      const me = staff(c, 'admin')
      const files = await makeQualitiesAgain({ db: app.db, write }, app.config.adaptiveSeconds, app.now())
      await write((tx) => record(tx, { kind: 'copies_remade', by: me, detail: { files } }, app.now()))
      const copies = await stateOf(c)
      return replyChanged(c, { json: () => copies }, HERE)
    },
  )
