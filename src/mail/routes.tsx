import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { DIGESTS } from '../../shapes/mailings'
import { later, object } from '../../shapes/object'
import { timeZoneField } from '../../shapes/time-zone'
import { EMAIL_STATES } from '../../shapes/users'
import { DigestForm, MailPage } from '../../views/mail/page'
import { UnsubscribedPage, UnsubscribePage } from '../../views/mail/unsubscribe'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { mailer } from '../http/mail'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { chooseDigest, digestOf } from '../mailings/model'
import { MAILING_LISTS } from '../ports/mail'
import { Problem } from '../problem'
import { emailStatusOf } from '../users/emails'
import { unsubscribe } from './unsubscribe'

const digest = later(() => z.enum(DIGESTS))
const mailSchema = object(() => ({
  email: z.string().nullable(),
  emailStatus: z.enum(EMAIL_STATES).nullable(),
  digest: digest(),
  timeZone: z.string(),
})).meta({ id: 'Mail' })
const timeZone = later(() =>
  timeZoneField().describe('The time zone whose morning the digest arrives in, such as Asia/Seoul.'),
)
const choice = object(() => ({ digest: digest(), timeZone: timeZone().optional() }))
const listSchema = object(() => ({ list: z.enum(MAILING_LISTS) }))

async function mailOf(c: Context<Env>) {
  const me = viewer(c)
  const { isChosen, ...wish } = await digestOf(c.var.app.db, me, c.var.app.settings().timeZone)
  return { isChosen, mail: { email: me.email, emailStatus: emailStatusOf(me), ...wish } }
}

/** Reads the account and the mailing list from the signed link; the page shows nothing else. */
async function linkOf(c: Context<Env>) {
  const found = await c.var.app.unsubscribeLinks.read(c.req.query('token'))
  if (!found) throw new Problem('gone', 'This link does not work. Sign in to choose which mails you get.')
  return found
}

export const mail = new Hono<Env>()
  .get('/', api('Get your mail settings.', { answers: mailSchema, errors: [401, 404] }), async (c) => {
    mailer(c)
    const { mail, isChosen } = await mailOf(c)
    return reply(c, { json: () => mail, page: () => <MailPage {...mail} isChosen={isChosen} /> })
  })
  .patch(
    '/',
    api('Change how often you get a digest. An omitted time zone stays as it is.', {
      body: choice,
      answers: mailSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const { now, settings } = c.var.app
      const { write } = c.var
      mailer(c)
      const me = viewer(c)
      const wish = await input(c, choice, async (form) => {
        const { mail, isChosen } = await mailOf(c)
        return <DigestForm {...form} {...mail} isChosen={isChosen} />
      })
      await write((tx) => chooseDigest(tx, me, wish, now(), settings().timeZone))
      const { mail, isChosen } = await mailOf(c)
      return replyChanged(c, { json: () => mail, part: () => <DigestForm {...mail} isChosen={isChosen} /> }, '/mail')
    },
  )
  .get(
    '/unsubscriptions',
    api('Get the mailing list that the `token` of a link unsubscribes from.', {
      answers: listSchema,
      query: { token: 'The token of the link.' },
      errors: [410],
    }),
    async (c) => {
      const { list } = await linkOf(c)
      const token = c.req.query('token')!
      return reply(c, { json: () => ({ list }), page: () => <UnsubscribePage list={list} token={token} /> })
    },
  )
  .post(
    '/unsubscriptions',
    api(
      'Unsubscribe with the `token` of a mail in the query. No session is needed, and the body is ignored (RFC 8058).',
      {
        answers: listSchema,
        query: { token: 'The token of the link.' },
        errors: [410],
      },
    ),
    async (c) => {
      const { userId, list } = await linkOf(c)
      const { now } = c.var.app
      const { write } = c.var
      await write((tx) => unsubscribe(tx, userId, list, now()))
      return reply(c, { json: () => ({ list }), page: () => <UnsubscribedPage list={list} /> })
    },
  )
