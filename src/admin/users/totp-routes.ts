import { Hono } from 'hono'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { replyGone } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { staff } from '../../http/viewer'
import { Problem } from '../../problem'
import { findUser } from '../../users/model'
import { resetSecondFactor } from '../../users/totp/model'

export const adminTotp = new Hono<Env>().delete(
  '/:handle/totp',
  api('Turn off the second factor of a person who has lost it. The person is notified.', {
    errors: [401, 403, 404, 409],
  }),
  async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    inPerson(c)
    const user = await findUser(c.var.app.db, c.req.param('handle'))
    // Their own takes their password and a code, which an open session must not replace.
    if (user.id === me.id)
      throw new Problem('conflict', 'Turn off your own two-step verification under Account.', { code: 'own_account' })
    await write((tx) => resetSecondFactor(tx, me, user, now()))
    return replyGone(c, `/users/${user.handle}`, { leave: true })
  },
)
