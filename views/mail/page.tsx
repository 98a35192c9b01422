import type { FormProps } from '../../src/http/input'
import type { Every } from '../../src/mailings/table'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Choice } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import { Place } from '../parts/place'
import { EmailState } from '../users/email-state'

type Props = { digest: Every }

export function DigestForm({ digest, ...form }: FormProps & Props) {
  const t = useT()
  const options: Record<Every, string> = { off: t('Never'), daily: t('Every morning'), weekly: t('Every Monday morning') }
  return (
    <Form action="/mail" method="patch" live done={t('Saved.')} class="stack">
      <FormProblem {...form} />
      <Choice
        label={t('Send me a digest')}
        name="digest"
        value={digest}
        options={options}
        hint={t('New posts of people you follow and notifications you have not read. Nothing when there is nothing.')}
        {...form}
      />
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}

/** What is mailed to somebody. */
export function MailPage({ digest }: Props) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('Mail')} back="/users/account">
      <section class="panel">
        <h2>{t('Your address')}</h2>
        {viewer && <EmailState account={viewer} />}
      </section>
      <section class="panel">
        <h2>{t('Digest')}</h2>
        <DigestForm digest={digest} />
      </section>
      <section class="panel">
        <h2>{t('Notifications')}</h2>
        <ul class="places">
          <Place href="/notifications/settings" icon="bell-ring" text={t('Choose what is mailed to you')} />
        </ul>
      </section>
    </Layout>
  )
}
