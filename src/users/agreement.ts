import { eq } from 'drizzle-orm'
import type { Id } from '../db/columns'
import type { Tx } from '../db/open'
import { users } from './table'

/** Notes that a person agreed to the rules, terms and privacy statement of the community. */
export const agree = (tx: Tx, userId: Id<'user'>, now: Date) =>
  tx.update(users).set({ agreedAt: now }).where(eq(users.id, userId))
