import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { newFactorSchema, recoveryCodesSchema, secondFactorSchema } from '../../../shapes/second-factor'
import { ConfirmForm, NewCodesForm, StartForm, TurnOffForm } from '../../../views/users/totp/forms'
import { TotpPage } from '../../../views/users/totp/page'
import { RecoveryCodesPage, SetUpPage } from '../../../views/users/totp/secrets'
import type { Env } from '../../context'
import type { Tx } from '../../db/open'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyGone, replySecret } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { viewer } from '../../http/viewer'
import { requireProof } from '../proof'
import { type Attempt, withCode, withFirstCode } from './check'
import { codeField } from './fields'
import { finishSetUp, renewRecoveryCodes, secondFactorOf, startSetUp, turnOff } from './model'

const HERE = '/users/account/totp'
const password = later(() =>
  z.string().max(200).optional().describe('Not needed within ten minutes of using a passkey.'),
)
const passwordOnly = object(() => ({ password: password() }))
const codeOnly = object(() => ({ code: codeField() }))
const both = object(() => ({ password: password(), code: codeField() }))

/** Failures count towards the sign-in limit, since an open session must not be a way to guess passwords or codes. */
const attempt = <R,>(c: Context<Env>, work: () => Promise<R>) =>
  c.var.app.limits.attempt([['signInsOfHandle', viewer(c).handle]], work)

const typed = (c: Context<Env>, code: string): Attempt => {
  const { factorKey: key, now } = c.var.app
  return { key, userId: viewer(c).id, code, refusal: 'forbidden', now: now() }
}

export const totp = new Hono<Env>()
  .get('/', api('Get the state of your second factor.', { answers: secondFactorSchema, errors: [401] }), async (c) => {
    const me = viewer(c)
    const state = await secondFactorOf(c.var.app.db, me)
    return reply(c, {
      json: () => state,
      page: () => <TotpPage state={state} asked={me.restricted} />,
    })
  })
  .post(
    '/',
    api('Start setting up an authenticator app. It counts after its first code; starting again replaces the secret.', {
      body: passwordOnly,
      made: newFactorSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { db, factorKey, now, settings } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const { password } = await input(c, passwordOnly, (form) => <StartForm {...form} />)
      await attempt(c, () => requireProof(db, me, password, now()))
      const made = await write((tx) => startSetUp(tx, factorKey, me, settings().siteName))
      c.header('location', '/api/users/account/totp')
      return replySecret(c, { json: () => made, page: () => <SetUpPage {...made} /> }, 201)
    },
  )
  .put(
    '/',
    api('Turn the second factor on with the first code of the app. All other sessions end.', {
      body: codeOnly,
      answers: recoveryCodesSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { factorKey, now } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const { code } = await input(c, codeOnly, (form) => <ConfirmForm {...form} />)
      const recoveryCodes = await attempt(c, () =>
        withFirstCode(write, typed(c, code), (tx) => finishSetUp(tx, factorKey, me, now(), me.sessionId)),
      )
      return replyCodes(c, recoveryCodes)
    },
  )
  .delete('/', api('Turn the second factor off.', { body: both, errors: [401, 403, 429] }), async (c) => {
    const { now } = c.var.app
    const me = inPerson(c)
    const form = await input(c, both, (form) => <TurnOffForm {...form} />)
    await proven(c, form, (tx) => turnOff(tx, me.id, now()))
    return replyGone(c, HERE, { leave: true })
  })
  .post(
    '/recovery-codes',
    api('Replace your recovery codes.', {
      body: both,
      made: recoveryCodesSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { factorKey, now } = c.var.app
      const me = inPerson(c)
      const form = await input(c, both, (form) => <NewCodesForm {...form} />)
      c.header('location', '/api/users/account/totp')
      return replyCodes(c, await proven(c, form, (tx) => renewRecoveryCodes(tx, factorKey, me, now())), 201)
    },
  )

/** Runs `work` with the password and a code. */
const proven = <R,>(c: Context<Env>, { password, code }: z.output<typeof both>, work: (tx: Tx) => Promise<R>) =>
  attempt(c, async () => {
    await requireProof(c.var.app.db, viewer(c), password, c.var.app.now())
    return withCode(c.var.write, typed(c, code), work)
  })

const replyCodes = (c: Context<Env>, recoveryCodes: string[], status: 200 | 201 = 200) =>
  replySecret(c, { json: () => ({ recoveryCodes }), page: () => <RecoveryCodesPage codes={recoveryCodes} /> }, status)
