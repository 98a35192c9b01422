import { Hono } from 'hono'
import { z } from 'zod'
import { ForgotForm, ForgotPage, MailedPage } from '../../views/users/forgot'
import type { Env } from '../context'
import { api } from '../http/api'
import { whoseLimit } from '../http/client'
import { input } from '../http/input'
import { mailer } from '../http/mail'
import { reply, replyGone } from '../http/reply'
import { enqueue } from '../jobs/queue'

const body = z.object({
  account: z.string().trim().min(1, 'Please enter your handle or e-mail address.').max(254),
})

/** Asking for a reset link by mail. The answer is the same for everybody, and takes the same time: a job looks up who is meant. */
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
    api('Mail a link with which a new password is chosen, if there is such an account and its address is confirmed.', {
      body,
      errors: [404, 429],
    }),
    async (c) => {
      const { limits, now } = c.var.app
      const { write } = c.var
      mailer(c)
      const { account } = await input(c, body, (form) => <ForgotForm {...form} />)
      await limits.take('mails', whoseLimit(c))
      await write((tx) => enqueue(tx, 'mail.forgot', { who: account }, now()))
      return replyGone(c, '/users/resets/requests/sent', { leave: true })
    },
  )
