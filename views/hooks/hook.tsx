import type { HookDeliveryJson, HookJson } from '../../shapes/hooks'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Confirm } from '../parts/confirm'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { State } from './list'
import { eventText, outcomeText } from './words'

type List = { hookId: number; deliveries: HookDeliveryJson[]; next: string | null }

export const DeliveriesPart = ({ hookId, deliveries, next }: List) => (
  <>
    {deliveries.map((delivery) => (
      <DeliveryRow hookId={hookId} delivery={delivery} />
    ))}
    <More next={next} />
  </>
)

function DeliveryRow({ hookId, delivery }: { hookId: number; delivery: HookDeliveryJson }) {
  const t = useT()
  const { id, type, at, outcome } = delivery
  return (
    <li class="row" id={`delivery-${id}`}>
      <Icon name={outcome === 'delivered' ? 'check' : outcome === 'failed' ? 'triangle-alert' : 'clock'} />
      <div class="what">
        <strong>{eventText(t, type)}</strong>
        <span class="hint">
          {outcomeText(t, delivery)} · <Ago at={at} />
        </span>
      </div>
      <Act action={`/hooks/${hookId}/deliveries/${id}/attempts`}>{t('Send again')}</Act>
    </li>
  )
}

/** One hook with what it was told lately. */
export function HookPage({ hook, deliveries, next }: { hook: HookJson } & Omit<List, 'hookId'>) {
  const t = useT()
  return (
    <Layout title={t('Webhook')} back="/hooks">
      <section class="panel">
        <h2>
          <bdi class="address">{hook.url}</bdi>
        </h2>
        <p class="hint">{hook.events.map((event) => eventText(t, event)).join(' · ')}</p>
        <p class="hint">
          <State hook={hook} />
        </p>
        <div class="buttons">
          {!hook.enabled && (
            <Act action={`/hooks/${hook.id}`} method="patch">
              <input type="hidden" name="enabled" value="on" />
              {t('Turn on again')}
            </Act>
          )}
          <Confirm label={t('Remove this webhook')} question={t('What still waits for it will not be sent.')}>
            <Act action={`/hooks/${hook.id}`} method="delete" button="button danger">
              {t('Remove')}
            </Act>
          </Confirm>
        </div>
      </section>
      <section class="panel">
        <h2>{t('What it was told')}</h2>
      </section>
      {deliveries.length ? (
        <ul class="rows">
          <DeliveriesPart hookId={hook.id} deliveries={deliveries} next={next} />
        </ul>
      ) : (
        <Empty icon="clock" text={t('Nothing has been sent yet.')} />
      )}
    </Layout>
  )
}
