import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { inviteSchema } from '../../shapes/invites'
import { object } from '../../shapes/object'
import { InviteForm, InvitesPage, InvitesPart } from '../../views/invites/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { originOf } from '../http/client'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { invalidFields } from '../problem'
import { inviteJson } from './json'
import { createInvite, endInvite, listInvites } from './model'
import type { Invite } from './table'

const draft = object(() => ({
  uses: z.int().min(1).max(1000).default(1),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe('Defaults to four weeks from now.'),
}))

/** Signs the link again on every call. It always points to the same row and expires at the same time. */
async function toJson(c: Context<Env>, invite: Invite) {
  return inviteJson(invite, await c.var.app.links.sign('invite', invite.id, invite.expiresAt), originOf(c))
}

export const invites = new Hono<Env>()
  .get('/', api('List your invitations that can still be used.', { lists: inviteSchema, errors: [401] }), async (c) => {
    const { db, now } = c.var.app
    const page = await listInvites(db, viewer(c), wanted(c), now())
    const next = nextLink(c, page)
    const items = await Promise.all(page.items.map((invite) => toJson(c, invite)))
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <InvitesPart invites={items} next={next} />,
      page: () => <InvitesPage invites={items} next={next} />,
    })
  })
  .post('/', api('Create an invitation.', { body: draft, made: inviteSchema, errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const { uses, expiresAt } = await input(c, draft, (form) => <InviteForm {...form} />)
    if (expiresAt && expiresAt <= now())
      throw invalidFields({ path: 'expiresAt', message: 'Choose a day in the future.' })
    const invite = await write((tx) => createInvite(tx, me, { uses, expiresAt }, now()))
    const json = await toJson(c, invite)
    return replyChanged(c, { json: () => json }, '/invites', { made: `/invites/${invite.id}` })
  })
  .delete('/:id', api('Revoke an invitation.', { errors: [401] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const id = idParam(c)
    await write((tx) => endInvite(tx, me, id, now()))
    return replyGone(c, '/invites')
  })
