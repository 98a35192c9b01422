import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { MOST_AT_ONCE, type SuspendedManyJson, suspendedManySchema } from '../../../shapes/people'
import { SuspendedManyPage, SuspendManyForm } from '../../../views/admin/many'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { reasonField } from '../../users/fields'
import { liftMany, suspendMany } from '../../users/many'

const handles = later(() =>
  z
    .array(z.string().max(100))
    .min(1, 'Select at least one person.')
    .max(MOST_AT_ONCE, 'At most 100 people can be selected at once.'),
)
const suspension = object(() => ({
  handles: handles(),
  reason: reasonField().describe('The reason that each of them sees when they try to sign in.'),
}))
const lift = object(() => ({ handles: handles() }))

/** The result is shown in the answer itself, since it is stored nowhere. The page offers to undo what was done. */
export const replyMany = (c: Context<Env>, done: SuspendedManyJson, what: 'suspended' | 'lifted') =>
  reply(c, { json: () => done, page: () => <SuspendedManyPage what={what} {...done} /> })

export const adminMany = new Hono<Env>()
  .post(
    '/suspensions',
    api('Suspend several people at once. Whoever cannot be suspended stays as they are.', {
      body: suspension,
      answers: suspendedManySchema,
      errors: [401, 403],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const asked = await input(c, suspension, (form) => <SuspendManyForm {...form} />)
      return replyMany(c, await write((tx) => suspendMany(tx, me, asked.handles, asked.reason, now())), 'suspended')
    },
  )
  .post(
    '/suspensions/lifts',
    api('Lift the suspensions of several people at once.', {
      body: lift,
      answers: suspendedManySchema,
      errors: [401, 403],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const asked = await input(c, lift)
      return replyMany(c, await write((tx) => liftMany(tx, me, asked.handles, now())), 'lifted')
    },
  )
