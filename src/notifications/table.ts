import type { Kind } from '../../shapes/notifications'
import { bool, id, int, primaryKey, ref, str, table, time } from '../db/columns'

/** One row of somebody's stream; of a burst, one for all who took part. */
export const notifications = table('notifications', {
  id: id(),
  userId: ref().notNull(),
  kind: str().$type<Kind>().notNull(),
  /** When the newest of what it tells happened. */
  at: time().notNull(),
  read: bool().notNull().default(false),
  /** Whoever caused it last, and what it is about. */
  actorId: ref(),
  postId: ref(),
  fileId: ref(),
  /** All that it brought. */
  coins: int(),
  commentId: ref(),
  /** A sentence of the staff. */
  note: str(),
  /** How many people it tells of. */
  count: int().notNull().default(1),
  /** When the first of them came. */
  begunAt: time(),
})

export type Notice = typeof notifications.$inferSelect

/** Everyone a row of the stream tells of. */
export const causes = table(
  'notification_causes',
  {
    notificationId: ref().notNull(),
    actorId: ref().notNull(),
    /** 0: it was no comment. */
    commentId: ref().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.notificationId, t.actorId, t.commentId] })],
)

/** What somebody changed; a kind without a row is as `choices.ts` has it. */
export const notificationChoices = table(
  'notification_choices',
  {
    userId: ref().notNull(),
    kind: str().$type<Kind>().notNull(),
    page: bool().notNull(),
    push: bool().notNull(),
    mail: bool().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
)

/** When somebody's pushes wait, in minutes after midnight where they are. */
export const quietHours = table('quiet_hours', {
  userId: ref().primaryKey(),
  fromMinute: int().notNull(),
  untilMinute: int().notNull(),
  timeZone: str().notNull(),
})
