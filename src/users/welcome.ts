import { eq } from 'drizzle-orm'
import type { Id } from '../db/columns'
import type { Tx } from '../db/open'
import { users } from './table'

/** Notes that a new member has read the welcome of the host, which is then not shown again. */
export const endWelcome = (tx: Tx, userId: Id<'user'>) =>
  tx.update(users).set({ isNew: false }).where(eq(users.id, userId))
