import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { DeleteForm } from '../../../views/admin/leaving'
import { atStake } from '../../coins/forfeit'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { replyGone } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { staff } from '../../http/viewer'
import { comeBack, sendAway } from '../../users/leaving'
import { findAccountOf, findUser } from '../../users/model'

const wish = object(() => ({
  forfeit: z.boolean().optional().describe('Whether the person loses the coins that they still have.'),
  immediately: z.boolean().optional().describe('Whether to erase everything at once. Nobody can undo that.'),
}))

/** Deletes accounts on behalf of administrators. Coins are at stake, so moderators cannot. */
export const adminLeaving = new Hono<Env>()
  .delete(
    '/:handle',
    api('Delete the account of a person. For some days they can come back by signing in, and staff can undo it.', {
      body: wish,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now, settings } = c.var.app
      const me = staff(c, 'admin')
      inPerson(c)
      const user = await findUser(db, c.req.param('handle'))
      const { graceDays } = settings()
      const { forfeit = false, immediately } = await input(c, wish, async (form) => (
        <DeleteForm {...form} handle={user.handle} atStake={await atStake(db, user)} graceDays={graceDays} />
      ))
      const parting = { graceDays: immediately ? 0 : graceDays, forfeit }
      const eraseAt = await c.var.write(async (tx) =>
        sendAway(tx, me, await findAccountOf(tx, user.handle), parting, now()),
      )
      return replyGone(c, eraseAt ? `/users/${user.handle}` : '/admin/users', { leave: true })
    },
  )
  .delete(
    '/:handle/deletion',
    api('Keep an account that is being deleted. The person has to sign in again.', { errors: [401, 403, 404] }),
    async (c) => {
      const { now } = c.var.app
      const me = staff(c, 'admin')
      const handle = c.req.param('handle')
      await c.var.write(async (tx) => comeBack(tx, me, await findAccountOf(tx, handle), now()))
      return replyGone(c, `/users/${handle}`, { leave: true })
    },
  )
