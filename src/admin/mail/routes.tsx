import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { TrialForm, TrialPage, TrialResult } from '../../../views/admin/mail'
import { trialLetter } from '../../../views/mail/account'
import { record } from '../../actions/record'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { localeOf } from '../../http/locale'
import { mailer } from '../../http/mail'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { paperFor } from '../../mail/paper'
import { messageOf } from '../../mail/send'

const body = object(() => ({ to: z.email('This is not an email address.').max(254) }))
const answer = object(() => ({
  to: z.string(),
  accepted: z.boolean(),
  answer: z.string().describe('The answer of the mail server, or why there was none.'),
}))

/** Sends a mail immediately, without the queue, and shows the result. */
export const adminMail = new Hono<Env>().post(
  '/tests',
  api('Send a test mail, and return the answer of the mail server.', {
    body,
    answers: answer,
    errors: [401, 403, 404, 429],
  }),
  async (c) => {
    const { app, write } = c.var
    const me = staff(c, 'admin')
    const mail = mailer(c)
    const { to } = await input(c, body, (form) => <TrialForm {...form} />)
    await app.limits.take('mails', me.id)
    const paper = paperFor(app, localeOf(c))
    const message = await messageOf({ letter: trialLetter(paper), paper, to, messageId: crypto.randomUUID() })
    const outcome = await mail.send(message).then(
      (answer) => ({ to, accepted: true, answer }),
      (error: Error) => ({ to, accepted: false, answer: error.message }),
    )
    const detail = { accepted: outcome.accepted }
    await write((tx) => record(tx, { kind: 'mail_tested', by: me, detail }, app.now()))
    const part = () => <TrialResult {...outcome} />
    return reply(c, { json: () => outcome, part, page: () => <TrialPage {...outcome} /> })
  },
)
