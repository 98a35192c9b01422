import { id, int, ref, table, time } from '../db/columns'

export const invites = table('invites', {
  id: id(),
  /** Null when the invitation was created on the command line. */
  createdBy: ref<'user'>(),
  uses: int().notNull(),
  used: int().notNull().default(0),
  createdAt: time().notNull(),
  expiresAt: time().notNull(),
  endedAt: time(),
})

export type Invite = typeof invites.$inferSelect
