import { useFrame } from '../frame'

/** The licence wants the source within reach of everybody who uses it over a network. */
export function Footer() {
  const { t, viewer, sourceUrl, version } = useFrame()
  const staff = viewer && viewer.role !== 'member'
  return (
    <footer class="foot">
      {viewer && <a href="/users/account">{t('Account')}</a>}
      {staff && <a href="/admin">{t('Staff desk')}</a>}
      <a href="/api/docs">{t('API')}</a>
      <a href={sourceUrl} rel="external">
        {t('Source')}
      </a>
      <span>Pinhole {version}</span>
    </footer>
  )
}
