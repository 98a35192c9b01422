import { Hono } from 'hono'
import { object } from '../../../shapes/object'
import { accountSchema } from '../../../shapes/users'
import { SuspendForm } from '../../../views/admin/suspension'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { reasonField } from '../../users/fields'
import { staffAccountJson } from '../../users/json'
import { findAccount, findAccountOf, findUser } from '../../users/model'
import { liftSuspension, suspend } from '../../users/suspension'

const suspension = object(() => ({
  reason: reasonField().describe('The reason that the person sees when they try to sign in.'),
}))

export const adminSuspension = new Hono<Env>()
  .put(
    '/:handle/suspension',
    api('Suspend a person. They are signed out, and only staff see them until the suspension is lifted.', {
      body: suspension,
      answers: accountSchema,
      made: accountSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const user = await findUser(db, c.req.param('handle'))
      const { reason } = await input(c, suspension, (form) => <SuspendForm handle={user.handle} {...form} />)
      const made = await write(async (tx) => suspend(tx, me, await findAccountOf(tx, user.handle), reason, now()))
      const account = await findAccount(db, user.id)
      const at = `/users/${user.handle}`
      return replyChanged(c, { json: () => staffAccountJson(me, account, viewerContextOf(c), settings()) }, at, {
        made: made && at,
      })
    },
  )
  .delete('/:handle/suspension', api('Lift a suspension.', { errors: [401, 403, 404] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c)
    const handle = c.req.param('handle')
    await write(async (tx) => liftSuspension(tx, me, await findAccountOf(tx, handle), now()))
    return replyGone(c, `/users/${handle}`, { leave: true })
  })
