import type { HookDeliveryJson, HookJson } from '../../shapes/hooks'
import { messageIdOf } from './send'
import type { Hook, HookDelivery } from './table'

const iso = (at: Date | null) => at?.toISOString() ?? null

/** A webhook without its secret, which is shown once, when it is made. */
export const hookJson = (hook: Hook): HookJson => ({
  id: hook.id,
  url: hook.url,
  events: hook.events,
  createdAt: hook.createdAt.toISOString(),
  enabled: hook.disabledAt === null,
  lastSuccessAt: iso(hook.lastSuccessAt),
  failingSince: iso(hook.failingSince),
  problem: hook.problem,
})

export const hookDeliveryJson = (delivery: HookDelivery): HookDeliveryJson => ({
  id: delivery.id,
  messageId: messageIdOf(delivery),
  type: delivery.type,
  at: delivery.at.toISOString(),
  outcome: delivery.outcome ?? 'waiting',
  attempts: delivery.attempts,
  status: delivery.status,
  detail: delivery.detail,
  dueAt: delivery.doneAt ? null : delivery.dueAt.toISOString(),
  doneAt: iso(delivery.doneAt),
})
