import { useFrame } from '../frame'
import { Icon } from './icon'

/** Suggests installing the app. It stays hidden until the browser reports that this is possible. */
export function InstallHint() {
  const { t, siteName, viewer } = useFrame()
  if (!viewer) return null
  return (
    <aside class="install" data-install hidden aria-label={t('Add {name} to your home screen', { name: siteName })}>
      <Icon name="smartphone" />
      <div class="what">
        <strong>{t('Add {name} to your home screen', { name: siteName })}</strong>
        <span class="hint" data-way="by-hand" hidden>
          {t('Tap Share, then Add to Home Screen. Notifications only arrive in the installed app.')}
        </span>
        <span class="hint" data-way="offered" hidden>
          {t('It opens like an app, and you can share photos to it.')}
        </span>
      </div>
      <button type="button" class="button small" data-go data-way="offered" hidden>
        {t('Install')}
      </button>
      <button type="button" class="icon-button small" data-close aria-label={t('Not now')}>
        <Icon name="x" size={20} />
      </button>
    </aside>
  )
}
