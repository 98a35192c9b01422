import { useT } from './frame'
import { Layout } from './layout'

/** The service worker stores this page and shows it when the network is unavailable. */
export function OfflinePage() {
  const t = useT()
  return (
    <Layout title={t('You are offline')} bare>
      <div class="failure">
        <h1>{t('You are offline')}</h1>
        <p>{t('This page needs an internet connection. Try again when you are back online.')}</p>
        <form class="buttons">
          <button class="button primary">{t('Try again')}</button>
        </form>
      </div>
    </Layout>
  )
}
