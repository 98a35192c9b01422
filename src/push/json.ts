import type { DeliveryJson, SubscriptionJson } from '../../shapes/push'
import type { Push, Subscription } from './table'

const iso = (at: Date | null) => at?.toISOString() ?? null

export const subscriptionJson = ({
  subscription: s,
  deliveries,
}: {
  subscription: Subscription
  deliveries: Push[]
}): SubscriptionJson => ({
  id: s.id,
  name: s.name,
  endpoint: s.endpoint,
  createdAt: s.createdAt.toISOString(),
  lastSuccessAt: iso(s.lastSuccessAt),
  lastFailureAt: iso(s.lastFailureAt),
  lastFailure: s.lastFailure,
  deliveries: deliveries.map(deliveryJson),
})

const deliveryJson = ({ id, kind, createdAt, outcome, attempts, status, detail, doneAt }: Push): DeliveryJson => ({
  id,
  kind,
  at: createdAt.toISOString(),
  outcome: outcome ?? 'waiting',
  attempts,
  status,
  detail,
  doneAt: iso(doneAt),
})
