import type { MailingList } from '../../src/ports/mail'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Form } from '../parts/form'
import { Welcome } from '../parts/welcome'

/** Opened from a mail, perhaps without a session. */
export function UnsubscribePage({ list, token }: { list: MailingList; token: string }) {
  const { t, siteName } = useFrame()
  const title = list === 'digest' ? t('No more digests?') : t('No more notifications by mail?')
  return (
    <Layout title={title} bare>
      <Welcome
        title={title}
        text={t('Mail about your account itself, as a new password, still comes from {name}.', { name: siteName })}
      >
        <Form action={`/mail/unsubscriptions?token=${encodeURIComponent(token)}`}>
          <button class="button primary wide">{t('Unsubscribe')}</button>
        </Form>
      </Welcome>
    </Layout>
  )
}

export function UnsubscribedPage({ list }: { list: MailingList }) {
  const t = useT()
  const title = list === 'digest' ? t('You will get no more digests') : t('No more notifications by mail')
  return (
    <Layout title={title} bare>
      <Welcome title={title} text={t('You can turn them on again at any time.')}>
        <a class="button wide" href="/mail">
          {t('Choose what is mailed to you')}
        </a>
      </Welcome>
    </Layout>
  )
}
