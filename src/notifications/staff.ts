import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { listStaff } from '../users/staff-list'
import type { Note } from './notes'
import { notify } from './notify'

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
