import { Hono } from 'hono'
import { type DeskInviteJson, deskInviteSchema } from '../../../shapes/invites'
import { AdminInvitesPage, AdminInvitesPart } from '../../../views/admin/invites'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { type InviteRow, listAllInvites, revokeInvite } from '../../invites/staff'

const json = ({ invite: { id, uses, used, createdAt, expiresAt }, by }: InviteRow): DeskInviteJson => ({
  id,
  uses,
  used,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  createdBy: by?.handle ?? null,
})

export const adminInvites = new Hono<Env>()
  .get(
    '/',
    api('List the invitations of everybody that can still be used, newest first.', {
      lists: deskInviteSchema,
      errors: [401, 403],
    }),
    async (c) => {
      const { db, now } = c.var.app
      staff(c)
      const page = await listAllInvites(db, wanted(c), now())
      const next = nextLink(c, page)
      const invites = page.items.map(json)
      return reply(c, {
        json: () => ({ ...page, items: invites }),
        part: () => <AdminInvitesPart invites={invites} next={next} />,
        page: () => <AdminInvitesPage invites={invites} next={next} />,
      })
    },
  )
  .delete('/:id', api('Revoke an invitation of anybody.', { errors: [401, 403, 404] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c)
    const id = idParam(c)
    await write((tx) => revokeInvite(tx, me, id, now()))
    return replyGone(c, '/admin/invites')
  })
