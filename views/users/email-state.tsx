import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'

type Props = { account: Pick<AccountJson, 'email' | 'emailStatus' | 'emailRefusal'> }

/** Tells the person whether mail reaches them and, if not, how to fix that. */
export function EmailState({ account: { email, emailStatus, emailRefusal } }: Props) {
  const t = useT()
  if (!email)
    return <p class="hint">{t('Add an email address to your profile so that you can reset a forgotten password.')}</p>
  if (emailStatus === 'verified')
    return (
      <p class="email-state">
        <Icon name="check" size={20} />
        <span>{t('{email} is confirmed.', { email })}</span>
      </p>
    )
  return (
    <div class="stack" id="email-state">
      <p class="email-state">
        <Icon name="triangle-alert" size={20} />
        <span>
          {emailStatus === 'refused'
            ? t('Mail to {email} bounced.', { email })
            : t('{email} is not confirmed yet. Open the link in the mail that we sent.', { email })}
        </span>
      </p>
      {emailStatus === 'refused' && emailRefusal && <p class="hint refusal">{emailRefusal}</p>}
      <Act action="/users/account/verifications" live>
        {t('Send the link again')}
      </Act>
    </div>
  )
}

/** Replaces the button after the mail was sent. */
export function VerificationMailed() {
  const t = useT()
  return <p role="status">{t('The mail is on its way. Check your spam folder, too.')}</p>
}
