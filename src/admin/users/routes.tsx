import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { walletSchema } from '../../../shapes/coins'
import { object } from '../../../shapes/object'
import { deskAccountSchema, type PeopleFilter, peopleFilterSchema } from '../../../shapes/people'
import { quotaSchema } from '../../../shapes/settings'
import { ROLES } from '../../../shapes/users'
import { AdminUsersPage, AdminUsersPart, ResetLinkPage, ResetLinkPart } from '../../../views/admin/users'
import { coinsField, noteField } from '../../coins/fields'
import { grantCoins, walletOf } from '../../coins/model'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { originOf } from '../../http/client'
import { fieldErrors } from '../../http/field-errors'
import { input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { translateOf } from '../../http/locale'
import { reply, replyChanged, replySecret } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { Problem } from '../../problem'
import { changeQuota, changeRole } from '../../users/account'
import { confirmAdult, withdrawAdult } from '../../users/adults/model'
import { decideSignUp } from '../../users/approval'
import { reasonField } from '../../users/fields'
import { deskAccountJson } from '../../users/json'
import { requireMayActOn } from '../../users/may-act-on'
import { findAccountOf, findUser } from '../../users/model'
import { createReset } from '../../users/resets'
import { findDeskAccount, listAccounts } from '../../users/staff-list'
import { resetUrl } from '../../users/urls'

const grant = object(() => ({
  coins: coinsField(),
  note: noteField(),
  idempotencyKey: keyField(),
}))

const patch = object(() => ({
  role: z.enum(ROLES).optional().describe('Only administrators can change it.'),
  status: z.enum(['approved', 'refused']).optional().describe('The decision about somebody who asked to join.'),
  adult: z
    .boolean()
    .optional()
    .describe('Confirms that the person is an adult, of which the staff have seen a proof, or takes that back.'),
  quotaMb: quotaSchema()
    .nullable()
    .optional()
    .describe('The storage of this person in MB; null for that of their role. Only administrators can change it.'),
  reason: reasonField().optional().describe('The reason for a refusal, which the person is told.'),
}))
const resetSchema = object(() => ({
  url: z.string().describe('A link that works once, within a day.'),
  handle: z.string(),
  expiresAt: z.iso.datetime(),
}))

const descriptions = () =>
  Object.fromEntries(Object.entries(peopleFilterSchema.shape).map(([name, field]) => [name, field.description ?? '']))

/** Reads what is looked for. A form sends an empty text for each filter that is not set. */
function filterOf(c: Context<Env>): PeopleFilter {
  const given = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  const result = peopleFilterSchema.safeParse(Object.fromEntries(given), { error: fieldErrors(translateOf(c)) })
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new Problem('invalid', 'Please check what you are looking for.', { errors })
}

export const adminUsers = new Hono<Env>()
  .get(
    '/',
    api('List all people, newest first, or those that match.', {
      lists: deskAccountSchema,
      query: descriptions,
      errors: [401, 403, 422],
    }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const me = staff(c)
      const filter = filterOf(c)
      const page = await listAccounts(db, me, wanted(c), filter, now())
      const next = nextLink(c, page)
      const users = page.items.map((account) => deskAccountJson(me, account, viewerContextOf(c), settings()))
      return reply(c, {
        json: () => ({ ...page, items: users }),
        part: () => <AdminUsersPart users={users} next={next} />,
        page: () => <AdminUsersPage users={users} next={next} filter={filter} />,
      })
    },
  )
  .patch(
    '/:handle',
    api('Change the role or the storage of a person, decide about somebody who asked to join, or confirm an age.', {
      body: patch,
      answers: deskAccountSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const { write } = c.var
      const { role, status, adult, quotaMb, reason } = await input(c, patch)
      const me = staff(c, role || quotaMb !== undefined ? 'admin' : 'moderator')
      if (!role && !status && adult === undefined && quotaMb === undefined)
        throw new Problem('invalid', 'Name what to change.')
      const user = await findUser(db, c.req.param('handle'))
      await write(async (tx) => {
        if (status) await decideSignUp(tx, me, user, { status, reason }, now())
        if (adult !== undefined) {
          requireMayActOn(me, await findAccountOf(tx, user.handle))
          await (adult ? confirmAdult : withdrawAdult)(tx, me, user, now())
        }
        if (quotaMb !== undefined) await changeQuota(tx, me, user, quotaMb, now())
        if (role) await changeRole(tx, me, await findAccountOf(tx, user.handle), role, now())
      })
      const placeOf = () => {
        if (adult !== undefined) return `/users/${user.handle}`
        return status ? '/admin/users?state=waiting' : '/admin/users'
      }
      const account = await findDeskAccount(db, me, user.id)
      const json = () => deskAccountJson(me, account, viewerContextOf(c), settings())
      return replyChanged(c, { json }, placeOf())
    },
  )
  .post(
    '/:handle/grants',
    api('Grant new coins to a person.', { body: grant, made: walletSchema, once: true, errors: [401, 403, 404] }),
    async (c) => {
      staff(c, 'admin')
      const asked = await input(c, grant)
      const { handle } = await findUser(c.var.app.db, c.req.param('handle'))
      const wallet = await onceByKey(c, 'POST /admin/users/grants', { handle, ...asked }, async (tx, me, now) => {
        const user = await findUser(tx, handle)
        await grantCoins(tx, me, user, asked, now)
        return walletOf(tx, user)
      })
      return replyChanged(c, { json: () => wallet }, '/admin/users', { made: `/users/${handle}` })
    },
  )
  .post(
    '/:handle/resets',
    api('Create a link that sets a new password.', { made: resetSchema, errors: [401, 403, 404] }),
    async (c) => {
      const { links, now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      inPerson(c) // the link opens the account
      const handle = c.req.param('handle')
      const { id, expiresAt } = await write(async (tx) => {
        const user = await findAccountOf(tx, handle)
        requireMayActOn(me, user)
        return createReset(tx, me, user, now())
      })
      const url = resetUrl(originOf(c), await links.sign('reset', id, expiresAt))
      const link = { url, handle }
      c.header('location', url)
      // The link is shown only once, so it is in the response itself instead of behind a redirect.
      return replySecret(
        c,
        {
          json: () => ({ ...link, expiresAt: expiresAt.toISOString() }),
          part: () => <ResetLinkPart {...link} />,
          page: () => <ResetLinkPage {...link} />,
        },
        201,
      )
    },
  )
