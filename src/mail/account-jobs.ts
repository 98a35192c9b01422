import {
  appealLetter,
  decisionLetter,
  deviceLetter,
  factorLetter,
  leavingLetter,
  movedLetter,
  passkeyLetter,
  passwordLetter,
  resetLetter,
  verifyLetter,
} from '../../views/mail/account'
import type { Letter, Paper } from '../../views/mail/letter'
import type { App } from '../context'
import type { Handler } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { finishJob } from '../jobs/queue'
import type { Mailer } from '../ports/mail'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { findVerification, mayMail } from '../users/emails'
import { findAccount } from '../users/model'
import { findReset, mailResets } from '../users/resets'
import { secondFactorOf } from '../users/totp/model'
import { resetUrl, verificationUrl } from '../users/urls'
import { localeFor, mailOriginOf, paperFor } from './paper'
import { sendTo } from './send'

/** The number of attempts, which spans about nine hours, since a mail server may be unreachable for hours. */
export const MAIL_ATTEMPTS = 20

type Kind =
  | 'mail.verify'
  | 'mail.moved'
  | 'mail.reset'
  | 'mail.password'
  | 'mail.leaving'
  | 'mail.factor'
  | 'mail.passkey'
  | 'mail.device'
  | 'mail.decision'
  | 'mail.appeal'
/** Writes the mail and names its recipient, or returns undefined when the mail is no longer needed. */
type Write<K extends Kind> = (app: App, payload: Job<K>['payload']) => Promise<Draft | undefined>
type Draft = { user: Account; to: string; letter: (about: { paper: Paper; handle: string }) => Letter }

/**
 * Creates the handler of one kind of account mail. Without a mail server the job is dropped, since its mail would be
 * out of date by the time a server is configured.
 */
const mailing = <K extends Kind>(write: Write<K>): Handler<K> => ({
  attempts: MAIL_ATTEMPTS,
  async run(app, { payload }, signal) {
    const draft = app.mailer && (await write(app, payload))
    if (!draft) return
    const paper = paperFor(app, localeFor(draft.user))
    const letter = draft.letter({ paper, handle: draft.user.handle })
    await sendTo(
      app,
      app.mailer as Mailer,
      draft.user.id,
      { letter, paper, to: draft.to, messageId: payload.mail },
      signal,
    )
  },
})

/** Turns the `Problem` of a row that has expired or was used into undefined, so that no mail is sent. */
const orNone = <T>(row: Promise<T>): Promise<T | undefined> =>
  row.catch((error) => {
    if (error instanceof Problem) return undefined
    throw error
  })

export const verify = mailing<'mail.verify'>(async ({ db, links, config, now }, { verificationId }) => {
  const row = await orNone(findVerification(db, verificationId, now()))
  if (!row) return undefined
  const url = verificationUrl(mailOriginOf(config), await links.sign('verify', row.id, row.expiresAt))
  return { user: await findAccount(db, row.userId), to: row.email, letter: (about) => verifyLetter(about, url) }
})

export const moved = mailing<'mail.moved'>(async ({ db }, { userId, email }) => ({
  user: await findAccount(db, userId),
  to: email,
  letter: movedLetter,
}))

export const reset = mailing<'mail.reset'>(async ({ db, links, config, now }, { resetId }) => {
  const row = await orNone(findReset(db, resetId, now()))
  const user = row && (await findAccount(db, row.userId))
  if (!row || !user || !mayMail(user)) return undefined
  const url = resetUrl(mailOriginOf(config), await links.sign('reset', resetId, row.expiresAt))
  return { user, to: user.email, letter: (about) => resetLetter(about, url) }
})

export const password = mailing<'mail.password'>(async ({ db }, { userId }) => {
  const user = await findAccount(db, userId)
  return mayMail(user) ? { user, to: user.email, letter: passwordLetter } : undefined
})

export const leaving = mailing<'mail.leaving'>(async ({ db, settings }, { userId }) => {
  const user = await findAccount(db, userId)
  const { eraseAt } = user
  return eraseAt && mayMail(user)
    ? { user, to: user.email, letter: (about) => leavingLetter(about, eraseAt, user.timeZone ?? settings().timeZone) }
    : undefined
})

export const factor = mailing<'mail.factor'>(async ({ db }, { userId, change }) => {
  const user = await findAccount(db, userId)
  if (!mayMail(user)) return undefined
  const { recoveryCodesLeft } = await secondFactorOf(db, user)
  return { user, to: user.email, letter: (about) => factorLetter(about, change, recoveryCodesLeft) }
})

export const device = mailing<'mail.device'>(async ({ db }, { userId, device }) => {
  const user = await findAccount(db, userId)
  return mayMail(user) ? { user, to: user.email, letter: (about) => deviceLetter(about, device) } : undefined
})

export const passkey = mailing<'mail.passkey'>(async ({ db }, { userId, change }) => {
  const user = await findAccount(db, userId)
  return mayMail(user) ? { user, to: user.email, letter: (about) => passkeyLetter(about, change) } : undefined
})

export const appeal = mailing<'mail.appeal'>(async ({ db }, { userId, granted, answer }) => {
  const user = await findAccount(db, userId)
  return mayMail(user) ? { user, to: user.email, letter: (about) => appealLetter(about, granted, answer) } : undefined
})

export const decision = mailing<'mail.decision'>(async ({ db }, { userId, approved, reason }) => {
  const user = await findAccount(db, userId)
  if (!mayMail(user)) return undefined
  return { user, to: user.email, letter: (about) => decisionLetter(about, approved, reason) }
})

/**
 * Looks up the account that the link is for. A job does it, not the request, so that the response and its timing are
 * the same for everyone. The job is marked as done in the same transaction, since running it twice would mail two
 * links.
 */
export const forgot: Handler<'mail.forgot'> = {
  async run({ write, mailer, now }, job) {
    if (!mailer) return
    await write(async (tx) => {
      if (await finishJob(tx, job)) await mailResets(tx, job.payload.who, now())
    })
  },
}
