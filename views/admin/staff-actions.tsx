import { type AccountJson, mayModerate } from '../../shapes/users'
import { useFrame } from '../frame'
import { Icon } from '../parts/icon'
import { Adult } from './adult'
import { DeleteAccount } from './leaving'
import { TurnOffSecondFactor } from './second-factor'
import { Suspend } from './suspension'

/**
 * Shows the staff their actions on a person. The list is folded on the profile, since the staff look at most profiles as
 * members do.
 */
export function StaffActions({ account }: { account: AccountJson }) {
  const { t, viewer } = useFrame()
  if (!viewer || !mayModerate(viewer.role, account.role)) return null
  const isAdmin = viewer.role === 'admin'
  return (
    <details class="staff-actions">
      <summary>
        <Icon name="shield" size={20} />
        <span>{t('Staff actions')}</span>
        <Icon name="chevron-down" size={20} />
      </summary>
      <div class="folded">
        <Adult account={account} />
        {isAdmin && account.secondFactor && <TurnOffSecondFactor account={account} />}
        {!account.suspension && <Suspend account={account} />}
        {isAdmin && !account.erasedAt && <DeleteAccount account={account} />}
      </div>
    </details>
  )
}
