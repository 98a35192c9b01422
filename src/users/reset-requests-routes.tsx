import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { ForgotForm, ForgotPage, MailedPage } from '../../views/users/forgot'
import type { Env } from '../context'
import { api } from '../http/api'
import { limitKeyOf } from '../http/client'
import { input } from '../http/input'
import { mailer } from '../http/mail'
import { reply, replyGone } from '../http/reply'
import { enqueue } from '../jobs/queue'

const body = object(() => ({
  account: z.string().trim().min(1, 'Please enter your handle or email address.').max(254),
}))

/**
 * Requests for a reset link by mail. Everyone gets the same response in the same time, since a job looks up the
 * account.
 */
export const resetRequests = new Hono<Env>()
  .get('/new', (c) => {
    mailer(c)
    return reply(c, { json: () => ({}), page: () => <ForgotPage /> })
  })
  .get('/sent', (c) => {
    mailer(c)
    return reply(c, { json: () => ({}), page: () => <MailedPage /> })
  })
  .post(
    '/',
    api('Mail a link for choosing a new password, if the account exists and its address is confirmed.', {
      body,
      errors: [404, 429],
    }),
    async (c) => {
      const { limits, now } = c.var.app
      const { write } = c.var
      mailer(c)
      const { account } = await input(c, body, (form) => <ForgotForm {...form} />)
      await limits.take('mails', limitKeyOf(c))
      await write((tx) => enqueue(tx, 'mail.forgot', { who: account }, now()))
      return replyGone(c, '/users/resets/requests/sent', { leave: true })
    },
  )
