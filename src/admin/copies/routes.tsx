import { type Context, Hono } from 'hono'
import { type CopiesJson, copiesSchema } from '../../../shapes/copies'
import { CopiesPage } from '../../../views/admin/copies'
import type { Env } from '../../context'
import { countDropping, dropCopies } from '../../files/copies/drop'
import { countMaking, makeCopies } from '../../files/copies/make'
import { countMissing, measureDroppable } from '../../files/copies/videos'
import { api } from '../../http/api'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'

const HERE = '/admin/copies'

async function stateOf({
  var: {
    app: { db, config },
  },
}: Context<Env>): Promise<CopiesJson> {
  return {
    ...(await measureDroppable(db)),
    making: await countMaking(db, config.adaptiveSeconds),
    dropping: await countDropping(db),
  }
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
    api(
      'Drop the copies of videos in other qualities, which frees their space. Videos still play. A job does it, and ' +
        'copies that wait to be made are not made.',
      { errors: [401, 403] },
    ),
    async (c) => {
      const { db, now } = c.var.app
      const me = staff(c, 'admin')
      const found = await measureDroppable(db)
      await c.var.write((tx) => dropCopies(tx, me, found, now()))
      return replyGone(c, HERE, { leave: true })
    },
  )
  .post(
    '/',
    api('Make the copies again that are missing. Jobs do it, one video at a time.', {
      answers: copiesSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { db, config, now } = c.var.app
      const me = staff(c, 'admin')
      const missing = await countMissing(db, config.adaptiveSeconds)
      await c.var.write((tx) => makeCopies(tx, me, missing, now()))
      const copies = await stateOf(c)
      return replyChanged(c, { json: () => copies }, HERE)
    },
  )
