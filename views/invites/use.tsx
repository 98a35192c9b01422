import type { InviteJson } from '../../shapes/invites'
import { useT } from '../frame'
import { Act } from '../parts/form'
import { dayInSentence } from '../parts/time'

/** Says how often an invitation was used, and until when it can be. */
export function InviteUse({ uses, used, expiresAt }: Pick<InviteJson, 'uses' | 'used' | 'expiresAt'>) {
  const t = useT()
  return (
    <span class="hint">
      {t('{used} of {uses} used', { used, uses })} ·{' '}
      {t('valid until {day}', { day: dayInSentence(expiresAt, t.locale) })}
    </span>
  )
}

/** Revokes the invitation at an address, and takes its row off the page. */
export function RevokeInvite({ at, row }: { at: string; row: string }) {
  const t = useT()
  return (
    <Act
      action={at}
      method="delete"
      live
      target={`#${row}`}
      button="button quiet"
      done={t('The invitation has been revoked.')}
    >
      {t('Revoke')}
    </Act>
  )
}
