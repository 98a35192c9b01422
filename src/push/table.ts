import type { Locale } from '../../shapes/locales'
import type { Kind } from '../../shapes/notifications'
import type { OUTCOMES } from '../../shapes/push'
import { id, int, json, ref, str, table, time } from '../db/columns'
import type { Notice } from '../notifications/table'

/** A push service, by the origin of its addresses. */
export const pushOrigins = table('push_origins', {
  id: id(),
  origin: str().notNull().unique(),
  /** In a row, until something went well. */
  failures: int().notNull().default(0),
  /** Until then it is left alone. */
  resumeAt: time(),
})

/** A browser that wants to be told. */
export const pushSubscriptions = table('push_subscriptions', {
  id: id(),
  userId: ref().notNull(),
  /** It counts as long as this session is open. */
  sessionId: ref(),
  originId: ref().notNull(),
  endpoint: str().notNull().unique(),
  p256dh: str().notNull(),
  auth: str().notNull(),
  /** Ours when it was made: its service takes nothing that is signed by another. */
  publicKey: str().notNull(),
  /** The browser's, for whom no language of the account is chosen. */
  locale: str().$type<Locale>().notNull(),
  name: str().notNull(),
  createdAt: time().notNull(),
  lastSuccessAt: time(),
  lastFailureAt: time(),
  lastFailure: str(),
})

export type Subscription = typeof pushSubscriptions.$inferSelect

/** What a notification would tell. */
export type News = Pick<Notice, 'actorId' | 'postId' | 'commentId' | 'coins' | 'note'>
export type PushKind = Kind | 'test'

export const pushes = table('pushes', {
  id: id(),
  subscriptionId: ref().notNull(),
  /** That of the subscription, repeated here since a service is served by its own index. */
  originId: ref().notNull(),
  kind: str().$type<PushKind>().notNull(),
  postId: ref(),
  noticeId: ref(),
  /** What it tells, where no notification does since its reader wants none on the page. */
  news: json<News>(),
  createdAt: time().notNull(),
  dueAt: time().notNull(),
  attempts: int().notNull().default(0),
  doneAt: time(),
  outcome: str().$type<(typeof OUTCOMES)[number]>(),
  status: int(),
  detail: str(),
})

export type Push = typeof pushes.$inferSelect
