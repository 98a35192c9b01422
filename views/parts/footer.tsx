import { useFrame } from '../frame'
import { pageTitle } from '../pages/names'

/** The licence requires a link to the source code for everyone who uses the software over a network. */
export function Footer() {
  const { t, viewer, pages, business, sourceUrl, version } = useFrame()
  const staff = viewer && viewer.role !== 'member'
  return (
    <footer class="foot">
      {viewer && <a href="/users/account">{t('Account')}</a>}
      {staff && <a href="/admin">{t('Staff desk')}</a>}
      {pages.map((name) => (
        <a href={`/pages/${name}`}>{pageTitle(t, name)}</a>
      ))}
      <a href="/api/docs">{t('API')}</a>
      <a href={sourceUrl} rel="external">
        {t('Source')}
      </a>
      <span>Pinhole {version}</span>
      {business && <p class="business">{business}</p>}
    </footer>
  )
}
