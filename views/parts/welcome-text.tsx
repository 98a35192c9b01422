import { raw } from 'hono/html'
import { useFrame } from '../frame'
import { Act } from './form'

/**
 * The welcome of the host, which new members see until they end it. The HTML comes from a renderer that escapes what
 * people wrote.
 */
export function WelcomeText() {
  const { t, welcome } = useFrame()
  if (!welcome) return null
  return (
    <aside class="panel" id="welcome-text" aria-label={t('Welcome')}>
      <div class="prose">{raw(welcome)}</div>
      <Act action="/users/account/welcome" method="delete" live target="#welcome-text">
        {t('Got it')}
      </Act>
    </aside>
  )
}
