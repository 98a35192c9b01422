import type { Every } from '../../shapes/mailings'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Choice, typed } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Place } from '../parts/place'
import { TimeZone } from '../parts/time-zone'
import { EmailState } from '../users/email-state'

/** Unless `isChosen`, `timeZone` is that of the server, and the browser suggests its own instead. */
type Props = { digest: Every; timeZone: string; isChosen: boolean }

export function DigestForm({ digest, timeZone, isChosen, ...form }: FormProps & Props) {
  const t = useT()
  const options: Record<Every, string> = {
    off: t('Never'),
    daily: t('Every morning'),
    weekly: t('Every Monday morning'),
  }
  return (
    <Form action="/mail" method="patch" live done={t('Saved.')} class="stack">
      <FormProblem {...form} />
      <Choice
        label={t('Send me a digest')}
        name="digest"
        value={digest}
        options={options}
        hint={t('It lists new posts by people you follow and unread notifications. No mail is sent if there are none.')}
        {...form}
      />
      <TimeZone name="timeZone" value={typed(form, 'timeZone', timeZone)} isGuess={!isChosen} {...form} />
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}

export function MailPage(wish: Props) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('Mail')} back="/notifications/settings">
      <section class="panel">
        <h2>{t('Your email address')}</h2>
        {viewer && <EmailState account={viewer} />}
      </section>
      <section class="panel">
        <h2>{t('Digest')}</h2>
        <DigestForm {...wish} />
      </section>
      <section class="panel">
        <h2>{t('Notifications')}</h2>
        <ul class="places">
          <Place href="/notifications/settings" icon="bell-ring" text={t('Notification settings')} />
        </ul>
      </section>
    </Layout>
  )
}
