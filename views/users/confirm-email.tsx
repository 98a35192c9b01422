import { useFrame } from '../frame'
import { EmailState } from './email-state'

/** Asks for the confirmation of an address. It stays at the top of every page until that is done. */
export function ConfirmEmail() {
  const { t, mustConfirm, viewer } = useFrame()
  if (!mustConfirm || !viewer) return null
  return (
    <aside class="panel agree" aria-label={t('Confirm your email address')}>
      <p>{t('You can look around. To take part, please confirm your email address.')}</p>
      {viewer.email ? (
        <EmailState account={viewer} />
      ) : (
        <a class="button primary" href="/users/account">
          {t('Enter an email address')}
        </a>
      )}
    </aside>
  )
}
