import type { Outcome } from '../../shapes/reports'
import { id, ref, str, table, time } from '../db/columns'

/** Reports, each about exactly one post, comment or person. */
export const reports = table('reports', {
  id: id(),
  reporterId: ref<'user'>().notNull(),
  postId: ref<'post'>(),
  commentId: ref<'comment'>(),
  userId: ref<'user'>(),
  reason: str().notNull(),
  createdAt: time().notNull(),
  /** Null while the report is open, like the outcome. */
  settledAt: time(),
  settledBy: ref<'user'>(),
  outcome: str().$type<Outcome>(),
})

export type Report = typeof reports.$inferSelect
