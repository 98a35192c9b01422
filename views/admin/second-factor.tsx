import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Act } from '../parts/form'

/** Shown to administrators on a profile, for people who have lost their phone and their recovery codes. */
export function TurnOffSecondFactor({ account: { handle, displayName: name } }: { account: AccountJson }) {
  const t = useT()
  return (
    <Confirm
      label={t('Turn off two-step verification of {name}', { name })}
      question={t('Be sure that it is really them who ask: afterwards their password alone opens the account.')}
    >
      <Act action={`/admin/users/${handle}/totp`} method="delete" button="button danger filled">
        {t('Turn off')}
      </Act>
    </Confirm>
  )
}
