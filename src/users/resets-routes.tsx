import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { ResetForm, ResetPage } from '../../views/users/reset'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { reply, replyGone } from '../http/reply'
import { passwordField } from './fields'
import { hashPassword } from './password'
import { resetRequests } from './reset-requests-routes'
import { findReset, useReset } from './resets'

const newPassword = object(() => ({ token: z.string().max(1000), password: passwordField() }))

/** The page that a reset link leads to. */
export const resets = new Hono<Env>()
  .route('/requests', resetRequests)
  .get('/new', async (c) => {
    const { db, links, now } = c.var.app
    const token = c.req.query('token') ?? ''
    await findReset(db, await links.read('reset', token), now())
    return reply(c, { json: () => ({}), page: () => <ResetPage token={token} /> })
  })
  .post(
    '/',
    api('Set a new password with the token of a reset link.', { body: newPassword, errors: [410] }),
    async (c) => {
      const { db, links, now } = c.var.app
      const { write } = c.var
      const { token, password } = await input(c, newPassword, (form) => (
        <ResetForm {...form} token={String(form.values?.token ?? '')} />
      ))
      const id = await links.read('reset', token)
      await findReset(db, id, now()) // Checked before the costly hashing.
      const hash = await hashPassword(password)
      await write((tx) => useReset(tx, id, hash, now()))
      return replyGone(c, '/sessions/new', { leave: true })
    },
  )
