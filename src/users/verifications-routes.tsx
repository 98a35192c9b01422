import { Hono } from 'hono'
import { z } from 'zod'
import { VerifiedPage, VerifyForm, VerifyPage } from '../../views/users/verify'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { reply, replyGone } from '../http/reply'
import { findVerification, verifyEmail } from './emails'

const body = z.object({ token: z.string().max(1000) })

/** Where the link leads that is mailed to a new address. It is opened by scanners, too: only pressing the button counts. */
export const verifications = new Hono<Env>()
  .get('/new', async (c) => {
    const { db, links, now } = c.var.app
    const token = c.req.query('token') ?? ''
    const { email } = await findVerification(db, await links.read('verify', token), now())
    return reply(c, { json: () => ({}), page: () => <VerifyPage token={token} email={email} /> })
  })
  .get('/done', (c) => reply(c, { json: () => ({}), page: () => <VerifiedPage /> }))
  .post('/', api('Confirm an e-mail address with the token that was mailed there.', { body, errors: [410] }), async (c) => {
    const { write, links, now } = c.var.app
    const { token } = await input(c, body, (form) => <VerifyForm {...form} token={String(form.values?.token ?? '')} />)
    const id = await links.read('verify', token)
    await write((tx) => verifyEmail(tx, id, now()))
    return replyGone(c, '/users/verifications/done', { leave: true })
  })
