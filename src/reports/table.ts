import type { Outcome } from '../../shapes/reports'
import { id, ref, str, table, time } from '../db/columns'

/** About exactly one of a post, a comment and a person. */
export const reports = table('reports', {
  id: id(),
  reporterId: ref().notNull(),
  postId: ref(),
  commentId: ref(),
  userId: ref(),
  reason: str().notNull(),
  createdAt: time().notNull(),
  /** Null, as its outcome is, while it is open. */
  settledAt: time(),
  settledBy: ref(),
  outcome: str().$type<Outcome>(),
})

export type Report = typeof reports.$inferSelect
