import type { Letter, Paper } from '../../views/mail/letter'
import { digestLetter, noticesLetter } from '../../views/mail/news'
import type { App } from '../context'
import type { Handler } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { schedule } from '../jobs/schedule'
import { digestOf, startDigests, startNotices } from '../mailings/model'
import { choicesOf } from '../notifications/choices'
import type { MailingList } from '../ports/mail'
import type { Account } from '../ports/people'
import { mayMail } from '../users/emails'
import { findAccount } from '../users/model'
import { MAIL_ATTEMPTS } from './account-jobs'
import { newPosts, unreadNotices } from './news'
import { localeFor, paperFor } from './paper'
import { sendTo, unsubscribing } from './send'

/** The interval between rounds; everything that happens within it goes into one mail. */
const ROUND_MS = 5 * 60_000

/** Queues a mail for everyone who has something new to read; other jobs write and send those mails. */
export const rounds: Handler<'mail.rounds'> = {
  async run({ write, mailer, now, settings }, _job, signal) {
    if (!mailer) return // The next start with a mail server schedules a new round.
    while (await write((tx) => startDigests(tx, now(), settings().timeZone))) signal.throwIfAborted()
    for (let after: number | undefined = 0; after !== undefined; signal.throwIfAborted()) {
      const from: number = after
      after = await write((tx) => startNotices(tx, from, now()))
    }
    await write((tx) => schedule(tx, 'mail.rounds', new Date(+now() + ROUND_MS)))
  },
}

type Kind = 'mail.digest' | 'mail.notices'
/** Writes the mail, or returns undefined when there is nothing new. */
type Compose = (
  app: App,
  user: Account,
  span: Job<Kind>['payload'],
  about: { paper: Paper; unsubscribe: string },
) => Promise<Letter | undefined>

const mailing = (list: MailingList, compose: Compose): Handler<Kind> => ({
  attempts: MAIL_ATTEMPTS,
  async run(app, { payload }, signal) {
    const user = await findAccount(app.db, payload.userId)
    if (!app.mailer || !mayMail(user) || user.suspendedAt) return
    const paper = paperFor(app, localeFor(user))
    const { url, headers } = await unsubscribing(app, paper, user.id, list)
    const letter = await compose(app, user, payload, { paper, unsubscribe: url })
    const post = { paper, to: user.email, messageId: payload.mail, headers }
    if (letter) await sendTo(app, app.mailer, user.id, { ...post, letter }, signal)
  },
})

export const digest = mailing('digest', async (app, user, span, about) => {
  // The digest was turned off while the job waited.
  if ((await digestOf(app.db, user, app.settings().timeZone)).digest === 'off') return undefined
  const { posts, more } = await newPosts(app, user, span, about.paper.t)
  const notices = await unreadNotices(app, user, span, about.paper.t, (kind) => kind !== 'post')
  return posts.length || notices.length ? digestLetter({ ...about, posts, more, notices }) : undefined
})

export const notices = mailing('notices', async (app, user, span, about) => {
  const choices = await choicesOf(app.db, user.id)
  const notices = await unreadNotices(app, user, span, about.paper.t, (kind) => choices[kind].mail)
  return notices.length ? noticesLetter({ ...about, notices }) : undefined
})
