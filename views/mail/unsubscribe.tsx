import type { MailingList } from '../../src/ports/mail'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Form } from '../parts/form'
import { Welcome } from '../parts/welcome'

/** The link in a mail opens this page. The person may be signed out. */
export function UnsubscribePage({ list, token }: { list: MailingList; token: string }) {
  const { t, siteName } = useFrame()
  const title = list === 'digest' ? t('Stop getting digests?') : t('Stop getting notifications by mail?')
  return (
    <Layout title={title} bare>
      <Welcome
        title={title}
        text={t('{name} will still send you mail about your account, such as password resets.', { name: siteName })}
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
  const title =
    list === 'digest' ? t('You will no longer get digests') : t('You will no longer get notifications by mail')
  return (
    <Layout title={title} bare>
      <Welcome title={title} text={t('You can turn them on again at any time.')}>
        <a class="button wide" href="/mail">
          {t('Mail settings')}
        </a>
      </Welcome>
    </Layout>
  )
}
