import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Role } from '../../shapes/users'
import { record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { requireMayActOn } from '../users/may-act-on'
import { users } from '../users/table'
import { usable } from './model'
import { type Invite, invites } from './table'

/** An invitation with whoever made it; null is the command line. */
export type InviteRow = { invite: Invite; by: { handle: string; role: Role } | null }

/** Lists the invitations of everybody that can still be used, newest first. */
export async function listAllInvites(db: Reader, wanted: Wanted, now: Date) {
  const rows: InviteRow[] = await db
    .select({ invite: invites, by: { handle: users.handle, role: users.role } })
    .from(invites)
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(and(usable(now), before(wanted.cursor, invites.createdAt, invites.id)))
    .orderBy(desc(invites.createdAt), desc(invites.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ invite: { createdAt, id } }) => ({ at: createdAt, id }))
}

/**
 * Revokes the invitation of anybody. Those of the staff and of the command line are for administrators. Revoking one that
 * has ended changes nothing.
 */
export async function revokeInvite(tx: Tx, me: Pick<Account, 'id' | 'role'>, id: number, now: Date): Promise<void> {
  const [found] = await tx
    .select({ createdBy: invites.createdBy, role: users.role })
    .from(invites)
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(eq(invites.id, id))
  if (!found) throw new Problem('not_found', 'There is no invitation with this number.')
  if (found.createdBy !== me.id) requireMayActOn(me, { role: found.role ?? 'admin' })
  const ended = await tx
    .update(invites)
    .set({ endedAt: now })
    .where(and(eq(invites.id, id), isNull(invites.endedAt)))
    .returning({ id: invites.id })
  const on = found.createdBy ? { id: found.createdBy } : undefined
  if (ended.length) await record(tx, { kind: 'invite_ended', by: me, ...(on && { on }), detail: { inviteId: id } }, now)
}
