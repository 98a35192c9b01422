import type { Kind } from '../../shapes/notifications'
import { id, int, ref, str, table, time } from '../db/columns'

/**
 * What happened to a person, one row for each event. Notifications join the events of a burst and leave out what the
 * person turned off. Scripts need every event, once and in order.
 */
export const happenings = table('happenings', {
  id: id<'happening'>(),
  userId: ref<'user'>().notNull(),
  kind: str().$type<Kind>().notNull(),
  at: time().notNull(),
  /** The person who acted. */
  actorId: ref<'user'>(),
  postId: ref<'post'>(),
  commentId: ref<'comment'>(),
  coins: int(),
})

export type Happening = typeof happenings.$inferSelect
