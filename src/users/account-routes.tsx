import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { accountSchema } from '../../shapes/users'
import { AccountPage } from '../../views/users/account'
import { AccountFormAgain } from '../../views/users/account-forms'
import { AvatarForm } from '../../views/users/avatar-form'
import { DeleteAccountForm } from '../../views/users/delete-form'
import { VerificationMailed } from '../../views/users/email-state'
import { PasswordForm } from '../../views/users/password-form'
import { atStake } from '../coins/forfeit'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { localeOf, translateOf } from '../http/locale'
import { mailer } from '../http/mail'
import { reply, replyChanged, replyGone } from '../http/reply'
import { inPerson } from '../http/scopes'
import { dropSessionCookie } from '../http/session-cookie'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { receiveFiles } from '../uploads/multipart'
import { judgeTexts } from '../words/judge-texts'
import { type AccountPatch, changeAccount, changePassword } from './account'
import { accountPages } from './account-page-routes'
import { age } from './adults/routes'
import { announcement } from './announcement-routes'
import { requireAllowedDomain } from './email-rules'
import { emailStatusOf, mailVerification } from './emails'
import { exports } from './exports/routes'
import { accountPatchSchema, accountSchemaWhole, passwordField } from './fields'
import { accountJson } from './json'
import { leave } from './leaving'
import { passkeys } from './passkeys/routes'
import { hashPassword } from './password'
import { requireProof } from './proof'
import { totp } from './totp/routes'
import { welcome } from './welcome-routes'

const HERE = '/users/account'
const PICTURE = `${HERE}/profile`
const passwords = object(() => ({
  current: z.string().max(200).optional().describe('Not needed within ten minutes of using a passkey.'),
  password: passwordField(),
}))
const confirmation = object(() => ({
  password: z.string().max(200).optional().describe('Not needed within ten minutes of using a passkey.'),
  forfeit: z
    .boolean()
    .optional()
    .describe('Whether to give up remaining coins. With `false` the request fails while there are any.'),
  immediately: z
    .boolean()
    .optional()
    .describe('Whether to erase everything at once, without the days in which you could come back.'),
}))

/** Checks again who this is; wrong passwords count towards the sign-in limit. */
const confirm = (c: Context<Env>, password: string | undefined, path?: string) => {
  const { db, limits, now } = c.var.app
  const me = viewer(c)
  return limits.attempt([['signInsOfHandle', me.handle]], () => requireProof(db, me, password, now(), path))
}

const jsonOf = (c: Context<Env>, account: Account = viewer(c)) =>
  accountJson(account, viewerContextOf(c), c.var.app.settings())

const changed = (to: string | undefined, from: string) => (to === from ? undefined : to)

async function change(c: Context<Env>, patch: AccountPatch, at = HERE) {
  const { now, limits, mailer, settings } = c.var.app
  const { write } = c.var
  const me = viewer(c)
  if (patch.email !== undefined && patch.email !== me.email) inPerson(c)
  if (patch.email && patch.email !== me.email) requireAllowedDomain(patch.email, settings(), translateOf(c))
  if (patch.email && patch.email !== me.email && mailer) await limits.take('mails', me.id)
  const flagged = judgeTexts(c, [
    { field: 'displayName', text: changed(patch.displayName, me.displayName), path: 'displayName' },
    { field: 'bio', text: changed(patch.bio, me.bio), path: 'bio' },
  ])
  const account = await write((tx) => changeAccount(tx, me, patch, now(), localeOf(c), flagged))
  c.set('viewer', { ...me, ...account })
  return replyChanged(c, { json: () => jsonOf(c, account) }, at)
}

export const account = new Hono<Env>()
  .route('/', accountPages)
  .route('/totp', totp)
  .route('/passkeys', passkeys)
  .route('/exports', exports)
  .route('/welcome', welcome)
  .route('/announcement', announcement)
  .route('/age', age)
  .get('/', api('Get your account.', { answers: accountSchema, errors: [401] }), (c) => {
    const me = jsonOf(c)
    return reply(c, { json: () => me, page: () => <AccountPage account={me} /> })
  })
  .patch(
    '/',
    api('Change your account. Omitted fields stay as they are.', {
      body: accountPatchSchema,
      answers: accountSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const me = jsonOf(c)
      const patch = await input(c, accountPatchSchema, (form) => <AccountFormAgain {...form} account={me} />)
      return change(c, patch as AccountPatch)
    },
  )
  .put(
    '/',
    api('Replace your account. Omitted fields return to their defaults.', {
      body: accountSchemaWhole,
      answers: accountSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { displayName = viewer(c).handle, ...rest } = await input(c, accountSchemaWhole)
      return change(c, { displayName, ...rest })
    },
  )
  .delete(
    '/',
    api('Delete your account and everything in it. For some days you can come back by signing in.', {
      body: confirmation,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { db, now, settings } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const { graceDays } = settings()
      const { password, forfeit, immediately } = await input(c, confirmation, async (form) => (
        <DeleteAccountForm {...form} atStake={await atStake(db, me)} graceDays={graceDays} />
      ))
      await confirm(c, password)
      // A page has to show what is lost before it asks to give it up.
      const agreed = forfeit ?? c.var.format === 'json'
      await write((tx) => leave(tx, me, me, { graceDays: immediately ? 0 : graceDays, forfeit: agreed }, now()))
      dropSessionCookie(c)
      return replyGone(c, '/sessions/new', { leave: true })
    },
  )
  .put(
    '/password',
    api('Change your password. All other sessions end.', { body: passwords, errors: [401, 403] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const { current, password } = await input(c, passwords, (form) => <PasswordForm {...form} />)
      await confirm(c, current, 'current')
      const hash = await hashPassword(password)
      await write((tx) => changePassword(tx, me.id, hash, now(), me.sessionId))
      return replyGone(c, HERE, { leave: true })
    },
  )
  .post(
    '/verifications',
    api('Mail the link that confirms your email address again.', { errors: [401, 404, 409, 429] }),
    async (c) => {
      const { limits, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      mailer(c)
      if (emailStatusOf(me) === 'verified')
        throw new Problem('conflict', 'Your email address is already confirmed.', { code: 'already_verified' })
      await limits.take('mails', me.id)
      await write((tx) => mailVerification(tx, me, now()))
      return replyGone(c, `${HERE}/email`, { part: () => <VerificationMailed /> })
    },
  )
  .put(
    '/avatar',
    api('Upload a new profile picture.', {
      file: true,
      answers: accountSchema,
      errors: [401, 413, 415, 507],
    }),
    async (c) => {
      const shown = jsonOf(c)
      c.set('form', (problem) => <AvatarForm account={shown} problem={problem} />)
      const [file] = await receiveFiles(c)
      if (!file) throw new Problem('invalid', 'Choose a file to upload.')
      return change(c, { avatarFileId: file.id }, PICTURE)
    },
  )
  .delete('/avatar', api('Delete your profile picture.', { errors: [401] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    await write((tx) => changeAccount(tx, viewer(c), { avatarFileId: null }, now()))
    return replyGone(c, PICTURE, { leave: true })
  })
