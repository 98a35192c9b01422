import type { Kind } from '../../shapes/notifications'
import { bool, id, int, primaryKey, ref, str, table, time } from '../db/columns'

/** One notification of a person; a burst is one row for everyone who took part. */
export const notifications = table('notifications', {
  id: id<'notification'>(),
  userId: ref<'user'>().notNull(),
  kind: str().$type<Kind>().notNull(),
  /** When the newest event happened. */
  at: time().notNull(),
  read: bool().notNull().default(false),
  /** The person who acted last; the fields below are what it is about. */
  actorId: ref<'user'>(),
  postId: ref<'post'>(),
  fileId: ref<'file'>(),
  /** The total number of coins received. */
  coins: int(),
  commentId: ref<'comment'>(),
  /** A message from the staff. */
  note: str(),
  /** The number of people it is about. */
  count: int().notNull().default(1),
  /** When the first event happened. */
  begunAt: time(),
})

export type Notice = typeof notifications.$inferSelect

/** Everyone a notification is about. */
export const causes = table(
  'notification_causes',
  {
    notificationId: ref<'notification'>().notNull(),
    actorId: ref<'user'>().notNull(),
    /** 0 when the event is not a comment. */
    commentId: ref<'comment'>().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.notificationId, t.actorId, t.commentId] })],
)

/** The settings that a person changed; kinds without a row use the defaults of `choices.ts`. */
export const notificationChoices = table(
  'notification_choices',
  {
    userId: ref<'user'>().notNull(),
    kind: str().$type<Kind>().notNull(),
    page: bool().notNull(),
    push: bool().notNull(),
    mail: bool().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
)

/** The hours in which a person gets no pushes, in minutes after local midnight. */
export const quietHours = table('quiet_hours', {
  userId: ref<'user'>().primaryKey(),
  fromMinute: int().notNull(),
  untilMinute: int().notNull(),
  timeZone: str().notNull(),
})
