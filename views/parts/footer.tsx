import { useFrame } from '../frame'

/** The licence requires a link to the source code for everyone who uses the software over a network. */
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
