import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { requestOptionsSchema } from '../../shapes/passkeys'
import { SignInPage } from '../../views/sessions/sign-in'
import type { Env } from '../context'
import { api } from '../http/api'
import { addressOf, limitKeyOf } from '../http/client'
import { input } from '../http/input'
import { localPath } from '../http/local-path'
import { passkeyPlace } from '../http/passkey-place'
import { replyGone } from '../http/reply'
import { inPerson } from '../http/scopes'
import { Problem } from '../problem'
import { findSignable } from '../users/model'
import { requestOptions } from '../users/passkeys/ceremony'
import { assertionField } from '../users/passkeys/fields'
import { checkPasskey } from './check-passkey'
import { signInByPasskey } from './identify'
import { notePasskey } from './model'
import { loggingRefusal } from './sign-in-log'
import { answerSignedIn, comeBackField, signedIn } from './signed-in'

const answer = object(() => ({
  response: assertionField(),
  comeBack: comeBackField(),
  next: z.string().max(2000).optional(),
}))

export const passkeys = new Hono<Env>()
  .post(
    '/options',
    api('Get what `navigator.credentials.get` needs to sign in with a passkey.', {
      answers: requestOptionsSchema,
      errors: [409],
    }),
    async (c) => c.json(await requestOptions(passkeyPlace(c), await c.var.app.challenges.sign('sign-in'))),
  )
  .post(
    '/',
    api('Sign in with a passkey, without a password or a code.', {
      body: answer,
      made: signedIn,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { db, limits, settings } = c.var.app
      const { registration } = settings()
      const {
        response,
        comeBack = false,
        next,
      } = await input(c, answer, ({ problem }) => (
        <SignInPage registration={registration} {...(problem && { problem })} />
      ))
      const opened = await loggingRefusal(db, { address: addressOf(c), handle: '' }, () =>
        limits.attempt([['signInsOfAddress', limitKeyOf(c)]], async () => {
          const { userId, note } = await checkPasskey(c, response, 'sign-in', 'unauthenticated')
          const account = await findSignable(db, userId, comeBack)
          return { account, ...(await signInByPasskey(c, account, comeBack, note)) }
        }),
      )
      return answerSignedIn(c, opened.account, opened, localPath(next))
    },
  )
  .post(
    '/proofs/options',
    api('Get what `navigator.credentials.get` needs to confirm who you are.', {
      answers: requestOptionsSchema,
      errors: [401, 403, 409],
    }),
    async (c) =>
      c.json(await requestOptions(passkeyPlace(c), await c.var.app.challenges.sign('prove', inPerson(c).id))),
  )
  .post(
    '/proofs',
    api('Confirm who you are with a passkey. For ten minutes, no call of this session needs your password.', {
      body: object(() => ({ response: assertionField() })),
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { limits, now } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const { response } = await input(c, answer)
      await limits.attempt([['signInsOfHandle', me.handle]], async () => {
        const { userId, checked, note } = await checkPasskey(c, response, 'prove', 'forbidden')
        if (userId !== me.id || checked.challenge.userId !== me.id)
          throw new Problem('forbidden', 'This passkey belongs to another account. Use one of this account.', {
            code: 'wrong_passkey',
          })
        await write(async (tx) => {
          await note(tx)
          await notePasskey(tx, me.sessionId, now())
        })
      })
      return replyGone(c, '/users/account', { leave: true })
    },
  )
