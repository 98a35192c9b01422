import type { NoticeSettings } from '../../shapes/notification-settings'
import { type Frame, useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { FieldError } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { Place } from '../parts/place'
import { Switch } from '../parts/switch'
import { TimeZone } from '../parts/time-zone'
import { ICONS } from './sentence'

type Kind = keyof NoticeSettings['choices']
type Channel = keyof NoticeSettings['choices'][Kind]
type Props = { settings: NoticeSettings }

const names = (t: Frame['t']): Record<Kind, string> => ({
  post: t('New posts'),
  follow: t('New followers'),
  request: t('Follow requests'),
  accepted: t('Accepted requests'),
  like: t('Likes'),
  comment: t('Comments'),
  mention: t('Mentions'),
  purchase: t('Sales'),
  tip: t('Tips'),
  gift: t('Gifts'),
  look: t('Links for guests'),
  refund: t('Refunds'),
  payout: t('Payouts'),
  file_failed: t('Failed uploads'),
  report: t('Reports'),
  staff: t('From the staff'),
})

/** The people who may receive notifications of each kind; kinds about coins are left out where the community has none. */
const AUDIENCE: Record<Kind, 'everybody' | 'everybody with coins' | 'staff'> = {
  post: 'everybody',
  follow: 'everybody',
  request: 'everybody',
  accepted: 'everybody',
  like: 'everybody',
  comment: 'everybody',
  mention: 'everybody',
  purchase: 'everybody with coins',
  tip: 'everybody with coins',
  gift: 'everybody with coins',
  look: 'everybody with coins',
  refund: 'everybody with coins',
  payout: 'everybody with coins',
  file_failed: 'everybody',
  report: 'staff',
  staff: 'everybody',
}

/** The kinds of notifications that the viewer may receive. */
function useKinds(): Kind[] {
  const { viewer, hasCoins } = useFrame()
  const offered = { everybody: true, 'everybody with coins': hasCoins, staff: viewer?.role !== 'member' }
  return (Object.keys(AUDIENCE) as Kind[]).filter((kind) => offered[AUDIENCE[kind]])
}

function Wishes({ settings }: Props) {
  const { t, hasMail } = useFrame()
  const words = names(t)
  const channels: Partial<Record<Channel, string>> = {
    page: t('On the site'),
    push: t('Push'),
    ...(hasMail && { mail: t('Mail') }),
  }
  return (
    <table class="wishes" aria-label={t('Notification settings')}>
      <thead>
        <tr>
          <td />
          {Object.values(channels).map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {useKinds().map((kind) => (
          <tr>
            <th scope="row">
              <span class="kind">
                <Icon name={ICONS[kind]} size={20} />
                <span>{words[kind]}</span>
              </span>
            </th>
            {(Object.keys(channels) as Channel[]).map((channel) => (
              <td>
                <label>
                  <input type="hidden" name={`choices.${kind}.${channel}`} value="off" />
                  <input
                    type="checkbox"
                    name={`choices.${kind}.${channel}`}
                    value="on"
                    checked={settings.choices[kind][channel]}
                  />
                  <span class="unseen">{`${words[kind]}: ${channels[channel]}`}</span>
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Quiet({ settings: { quietHours }, ...form }: FormProps & Props) {
  const t = useT()
  const { on, from, until, timeZone } = quietHours
  return (
    <fieldset class="quiet-hours">
      <legend>{t('Quiet hours')}</legend>
      <Switch
        name="quietHours.on"
        on={on}
        label={t('Pause push notifications at night')}
        hint={t('They are sent when the quiet hours end.')}
      />
      <div class="pair">
        <label class="field">
          <span class="label">{t('From')}</span>
          <input type="time" name="quietHours.from" value={from} required />
        </label>
        <label class="field">
          <span class="label">{t('Until')}</span>
          <input type="time" name="quietHours.until" value={until} required />
          <FieldError name="quietHours.until" {...form} />
        </label>
      </div>
      <TimeZone name="quietHours.timeZone" value={timeZone} isGuess={!on} {...form} />
    </fieldset>
  )
}

export function NoticeSettingsForm({ settings, ...form }: FormProps & Props) {
  const t = useT()
  return (
    <Form action="/notifications/settings" method="patch" live done={t('Saved.')} class="stack">
      <FormProblem {...form} />
      <Wishes settings={settings} />
      <Quiet settings={settings} {...form} />
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}

export function NoticeSettingsPage({ settings }: Props) {
  const { t, hasMail } = useFrame()
  return (
    <Layout title={t('Notification settings')} back="/users/account">
      <section class="panel group">
        <ul class="places">
          <Place href="/push/subscriptions" icon="smartphone" text={t('Push notifications')} />
          {hasMail && <Place href="/mail" icon="mail" text={t('Mail')} note={t('Digest')} />}
        </ul>
      </section>
      <section class="panel">
        <NoticeSettingsForm settings={settings} />
      </section>
    </Layout>
  )
}
