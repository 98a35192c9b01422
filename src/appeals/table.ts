import type { AppealOutcome } from '../../shapes/appeals'
import { id, ref, str, table, time } from '../db/columns'

/** Answers to decisions of the staff: about a post, a comment or, without either, a suspension. */
export const appeals = table('appeals', {
  id: id(),
  userId: ref<'user'>().notNull(),
  postId: ref<'post'>(),
  commentId: ref<'comment'>(),
  text: str().notNull(),
  createdAt: time().notNull(),
  /** Null while the staff have not decided, like the outcome. */
  settledAt: time(),
  settledBy: ref<'user'>(),
  outcome: str().$type<AppealOutcome>(),
  /** What the staff replied. */
  answer: str(),
})

export type Appeal = typeof appeals.$inferSelect
