import { eq, type SQL } from 'drizzle-orm'
import { mayModerate } from '../../shapes/users'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { users } from './table'

/**
 * Throws when a moderator acts on another member of the staff. A link into that account, for example, would give the
 * moderator its rights.
 */
export function requireMayActOn(me: Pick<Account, 'role'>, user: Pick<Account, 'role'>): void {
  if (!mayModerate(me.role, user.role))
    throw new Problem('forbidden', 'Only an administrator can do this to members of the staff.')
}

/** An SQL condition: this member of the staff may act on the person, as `requireMayActOn` says. */
export const mayBeActedOnBy = (me: Pick<Account, 'role'>): SQL | undefined =>
  me.role === 'admin' ? undefined : eq(users.role, 'member')
