import type { HookEvent } from '../../shapes/hooks'
import { id, int, json, ref, str, table, time } from '../db/columns'

/** An address that is told what happens. */
export const hooks = table('hooks', {
  id: id<'hook'>(),
  userId: ref<'user'>().notNull(),
  /** The token or app that made the hook, which ends with it. Null for hooks that the person made. */
  sessionId: ref<'session'>(),
  url: str().notNull(),
  events: json<HookEvent[]>().notNull(),
  /** Encrypted. The signatures need the secret itself. */
  secret: str().notNull(),
  createdAt: time().notNull(),
  lastSuccessAt: time(),
  /** When the first attempt failed after the last success, and how many failed since. */
  failingSince: time(),
  failures: int().notNull().default(0),
  /** Nothing is sent before this time, because the last attempt failed. */
  resumeAt: time(),
  disabledAt: time(),
  problem: str(),
})

/** One message to one hook. Its content is made when it is sent, so that it says nothing that was hidden meanwhile. */
export const hookDeliveries = table('hook_deliveries', {
  id: id<'hookDelivery'>(),
  hookId: ref<'hook'>().notNull(),
  type: str().$type<HookEvent>().notNull(),
  at: time().notNull(),
  actorId: ref<'user'>(),
  postId: ref<'post'>(),
  commentId: ref<'comment'>(),
  coins: int(),
  dueAt: time().notNull(),
  attempts: int().notNull().default(0),
  doneAt: time(),
  outcome: str().$type<'delivered' | 'dropped' | 'failed'>(),
  status: int(),
  detail: str(),
})

export type Hook = typeof hooks.$inferSelect
export type HookDelivery = typeof hookDeliveries.$inferSelect
