import { and, eq } from 'drizzle-orm'
import { isFalse } from '../db/columns'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { listStaff } from '../users/staff-list'
import type { Note } from './notes'
import { notify } from './notify'
import { notifications } from './table'

/** Tells all administrators but the person who acted, if there is one, that something waits for them. */
export async function tellAdministrators(
  tx: Tx,
  by: Pick<Person, 'id'> | null,
  { note }: Note,
  at: Date,
): Promise<void> {
  for (const { id, role } of await listStaff(tx))
    if (role === 'admin' && id !== by?.id) await notify(tx, { userId: id, kind: 'staff', note, at })
}

/**
 * Tells everybody of the staff that something waits for them. Whoever has not read an earlier notice of the same kind is
 * not told again.
 */
export async function tellStaff(tx: Tx, { note }: Note, at: Date): Promise<void> {
  for (const { id: userId } of await listStaff(tx)) {
    const unread = and(eq(notifications.userId, userId), eq(notifications.note, note), isFalse(notifications.read))
    if (!(await tx.$count(notifications, unread))) await notify(tx, { userId, kind: 'staff', note, at })
  }
}
