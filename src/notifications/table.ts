import { bool, id, int, ref, str, table, time } from '../db/columns'

export const NOTIFICATIONS = ['follow', 'post', 'file_failed', 'purchase', 'refund'] as const

export const notifications = table('notifications', {
  id: id(),
  userId: ref().notNull(),
  kind: str().$type<(typeof NOTIFICATIONS)[number]>().notNull(),
  at: time().notNull(),
  read: bool().notNull().default(false),
  /** Whoever caused it, and what it is about. */
  actorId: ref(),
  postId: ref(),
  fileId: ref(),
  coins: int(),
})
