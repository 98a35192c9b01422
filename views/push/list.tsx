import type { SubscriptionJson } from '../../shapes/push'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { Act, Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Ago } from '../parts/time'
import { Log, outcomeText } from './log'
import { ThisDevice } from './this-device'

type Props = { devices: SubscriptionJson[] }

/** The list refreshes itself while a test is on its way. */
const POLLING = { 'hx-get': '/push/subscriptions', 'hx-trigger': 'every 1s', 'hx-swap': 'outerMorph' }

export function DevicesPart({ devices }: Props) {
  const t = useT()
  const waits = devices.some(({ deliveries }) =>
    deliveries.some(({ kind, outcome, attempts }) => kind === 'test' && outcome === 'waiting' && !attempts),
  )
  return (
    <section class="panel devices" id="push-devices" {...(waits && POLLING)}>
      <h2>{t('Devices that get notifications')}</h2>
      {devices.length === 0 && <p class="hint">{t('No devices yet. Turn on notifications here or on your phone.')}</p>}
      <ul class="device-list">
        {devices.map((device) => (
          <Device device={device} />
        ))}
      </ul>
      {devices.length > 0 && (
        <Act action="/push/test" live target="#push-devices" class="buttons">
          <Icon name="bell" size={20} /> {t('Send a test to all devices')}
        </Act>
      )}
    </section>
  )
}

function Device({ device }: { device: SubscriptionJson }) {
  const t = useT()
  const { id, name, deliveries } = device
  return (
    <li class="device" data-endpoint={device.endpoint} id={`device-${id}`}>
      <Icon name="smartphone" />
      <div class="what">
        <strong>
          {name} <span class="hint" data-here hidden>{`· ${t('This device')}`}</span>
        </strong>
        <LastSeen device={device} />
      </div>
      <details class="more-of">
        <summary class="button">{t('Details')}</summary>
        <div class="stack">
          <Log deliveries={deliveries} />
          <div class="buttons">
            <Act action="/push/test" live target="#push-devices">
              <input type="hidden" name="subscriptionId" value={String(id)} />
              {t('Send a test')}
            </Act>
            <Act
              action={`/push/subscriptions/${id}`}
              method="delete"
              live
              target="#push-devices"
              button="button danger"
            >
              {t('Remove this device')}
            </Act>
          </div>
          <Form
            action={`/push/subscriptions/${id}`}
            method="patch"
            live
            target="#push-devices"
            done={t('Saved.')}
            class="rename"
          >
            <Field label={t('Name')} name="name" value={name} maxlength={60} required />
            <button class="button">{t('Save')}</button>
          </Form>
        </div>
      </details>
    </li>
  )
}

/** Shows the last delivery or the last failure, whichever is more recent. */
function LastSeen({ device: { lastSuccessAt, lastFailureAt, lastFailure, createdAt } }: { device: SubscriptionJson }) {
  const t = useT()
  const failed = lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt)
  if (failed)
    return (
      <span class="hint problem-hint">
        {outcomeText({ outcome: 'failed', detail: lastFailure }, t)} {'·\u00a0'}
        <Ago at={lastFailureAt} />
      </span>
    )
  return (
    <span class="hint">
      {lastSuccessAt ? t('Last reached') : t('Added')} <Ago at={lastSuccessAt ?? createdAt} />
    </span>
  )
}

export function DevicesPage({ devices, publicKey }: Props & { publicKey: string }) {
  const t = useT()
  return (
    <Layout title={t('Push notifications')} back="/notifications/settings">
      <ThisDevice publicKey={publicKey} />
      <DevicesPart devices={devices} />
      <section class="panel">
        <p class="hint">
          {t('Notifications are encrypted for your device. The browser maker that delivers them cannot read them.')}
        </p>
      </section>
    </Layout>
  )
}
