import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { userSchema } from '../../shapes/users'
import { SetupForm, SetupPage } from '../../views/setup'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { localeOf } from '../http/locale'
import { reply, replyChanged } from '../http/reply'
import { viewerContextOf } from '../http/viewer-context'
import { Problem } from '../problem'
import { signIn } from '../sessions/identify'
import { beginSettings } from '../settings/model'
import { hasAdministrator } from '../users/account'
import { draftSchema, passwordField } from '../users/fields'
import { userJson } from '../users/json'
import { hashPassword } from '../users/password'
import { setUp, setUpDone } from '../users/sign-up'

const administrator = object(() => ({
  ...draftSchema.omit({ invite: true, agree: true, passkey: true }).shape,
  password: passwordField(),
  token: z.string().max(1000),
}))

const notOurs = () =>
  new Problem('forbidden', 'This set-up link is not valid. The server prints a new one each time it starts.', {
    code: 'setup_link',
  })

/** The target of the link that the server prints on every start until there is an administrator. */
export const setup = new Hono<Env>()
  .get('/', async (c) => {
    const { db, links } = c.var.app
    const token = c.req.query('token') ?? ''
    if (await hasAdministrator(db)) throw setUpDone()
    if ((await links.read('setup', token)) === undefined) throw notOurs()
    return reply(c, { json: () => ({}), page: () => <SetupPage token={token} /> })
  })
  .post(
    '/',
    api('Create the first administrator.', { body: administrator, made: userSchema, errors: [403, 409, 410] }),
    async (c) => {
      const { links, now, config } = c.var.app
      const { write } = c.var
      const { token, password, timeZone, ...draft } = await input(c, administrator, (form) => (
        <SetupForm {...form} token={String(form.values?.token ?? '')} />
      ))
      if ((await links.read('setup', token)) === undefined) throw notOurs()
      const passwordHash = await hashPassword(password)
      const host = { locale: localeOf(c), timeZone }
      const user = await write(async (tx) => {
        const user = await setUp(tx, { ...draft, passwordHash }, now())
        await beginSettings(tx, host, config)
        return user
      })
      if (c.var.format !== 'json') await signIn(c, user)
      return replyChanged(c, { json: () => userJson(user, viewerContextOf(c, user)) }, '/', {
        made: `/users/${user.handle}`,
      })
    },
  )
