import type { DeliveryJson } from '../../shapes/push'
import { useT } from '../frame'
import { Ago } from '../parts/time'
import type { Translate } from '../words'

/** The most recent deliveries to a device and their outcomes. */
export function Log({ deliveries }: { deliveries: DeliveryJson[] }) {
  const t = useT()
  if (!deliveries.length) return <p class="hint">{t('Nothing has been sent yet.')}</p>
  return (
    <ol class="log" aria-label={t('Sent notifications')}>
      {deliveries.map((delivery) => (
        <li class={delivery.outcome}>
          <span>
            {delivery.kind === 'test' ? t('Test') : t('Notification')}: {outcomeText(delivery, t)}
          </span>
          <span class="hint">
            <Ago at={delivery.doneAt ?? delivery.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Describes the outcome of a delivery. `detail` is the reason that was recorded for it. */
export function outcomeText({ outcome, detail }: Pick<DeliveryJson, 'outcome' | 'detail'>, t: Translate): string {
  if (outcome === 'sent') return t('The push service accepted it.')
  if (outcome === 'dropped') return t('It was already read or out of date, so it was not sent.')
  const why = detail && reasonOf(detail, t)
  if (outcome === 'waiting') return why ? t('{why} It will be tried again.', { why }) : t('It is on its way.')
  return why ?? t('It could not be delivered.')
}

function reasonOf(detail: string, t: Translate): string {
  const [, status] = /^answered (\d+)$/.exec(detail) ?? []
  if (status) return t('The push service responded with status {status}.', { status })
  if (detail === 'timeout') return t('The push service did not respond in time.')
  if (detail === 'unreachable') return t('The push service could not be reached.')
  if (detail === 'forbidden address') return t('The address of the push service is not on the public internet.')
  return t('It could not be delivered.')
}
