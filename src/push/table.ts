import type { Locale } from '../../shapes/locales'
import type { Kind } from '../../shapes/notifications'
import type { OUTCOMES } from '../../shapes/push'
import { id, int, json, ref, str, table, time } from '../db/columns'
import type { Notice } from '../notifications/table'

/** A push service, identified by the origin of its endpoints. */
export const pushOrigins = table('push_origins', {
  id: id<'pushOrigin'>(),
  origin: str().notNull().unique(),
  /** The number of failures since the last success. */
  failures: int().notNull().default(0),
  /** The end of the pause, if the service is paused. */
  resumeAt: time(),
})

/** A browser that is subscribed to pushes. */
export const pushSubscriptions = table('push_subscriptions', {
  id: id<'pushSubscription'>(),
  userId: ref<'user'>().notNull(),
  /** The subscription is valid while this session is open. */
  sessionId: ref<'session'>(),
  originId: ref<'pushOrigin'>().notNull(),
  endpoint: str().notNull().unique(),
  p256dh: str().notNull(),
  auth: str().notNull(),
  /** Our public key at the time of subscribing, since the service refuses pushes signed with another. */
  publicKey: str().notNull(),
  /** The language of the browser, for accounts that have chosen none. */
  locale: str().$type<Locale>().notNull(),
  name: str().notNull(),
  createdAt: time().notNull(),
  lastSuccessAt: time(),
  lastFailureAt: time(),
  lastFailure: str(),
})

export type Subscription = typeof pushSubscriptions.$inferSelect

/** The content of a push that has no notification. */
export type PushSubject = Pick<Notice, 'actorId' | 'postId' | 'commentId' | 'coins' | 'note'>
export type PushKind = Kind | 'test'

export const pushes = table('pushes', {
  id: id(),
  subscriptionId: ref<'pushSubscription'>().notNull(),
  /** The origin of the subscription, repeated here for the index that each service's job reads. */
  originId: ref<'pushOrigin'>().notNull(),
  kind: str().$type<PushKind>().notNull(),
  postId: ref<'post'>(),
  noticeId: ref<'notification'>(),
  /** The content, when there is no notification row because the recipient turned page notifications off. */
  news: json<PushSubject>(),
  createdAt: time().notNull(),
  dueAt: time().notNull(),
  attempts: int().notNull().default(0),
  doneAt: time(),
  outcome: str().$type<(typeof OUTCOMES)[number]>(),
  status: int(),
  detail: str(),
})

export type Push = typeof pushes.$inferSelect
