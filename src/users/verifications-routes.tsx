import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { VerifiedPage, VerifyForm, VerifyPage } from '../../views/users/verify'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { reply, replyGone } from '../http/reply'
import { requirePassword } from './account'
import { tellOfWaiting } from './approval'
import { findVerification, verifyEmail } from './emails'
import { findAccount, findPerson } from './model'
import { requireProof } from './proof'

const body = object(() => ({ token: z.string().max(1000), password: z.string().max(200).optional() }))

/**
 * The page that a confirmation link leads to. Mail scanners open the link, too, so only the form confirms the address.
 * The form asks for the password, since a confirmed address can receive reset links: an open session must not be enough
 * to take over an account.
 */
export const verifications = new Hono<Env>()
  .get('/new', async (c) => {
    const { db, links, now } = c.var.app
    const token = c.req.query('token') ?? ''
    const { email } = await findVerification(db, await links.read('verify', token), now())
    return reply(c, { json: () => ({}), page: () => <VerifyPage token={token} email={email} /> })
  })
  .get('/done', (c) => reply(c, { json: () => ({}), page: () => <VerifiedPage /> }))
  .post(
    '/',
    api('Confirm an email address with the mailed token and the password.', {
      body,
      errors: [403, 410, 429],
    }),
    async (c) => {
      const { db, links, limits, now } = c.var.app
      const { write } = c.var
      const { token, password } = await input(c, body, (form) => (
        <VerifyForm {...form} token={String(form.values?.token ?? '')} />
      ))
      const id = await links.read('verify', token)
      const owner = await findPerson(db, (await findVerification(db, id, now())).userId)
      const hash = await limits.attempt([['signInsOfHandle', owner.handle]], () => {
        const { viewer } = c.var
        if (viewer?.id === owner.id) return requireProof(db, viewer, password, now())
        return requirePassword(db, owner, password ?? '')
      })
      await write(async (tx) => {
        const { userId, first } = await verifyEmail(tx, id, hash, now())
        if (first) await tellOfWaiting(tx, await findAccount(tx, userId), now())
      })
      return replyGone(c, '/users/verifications/done', { leave: true })
    },
  )
