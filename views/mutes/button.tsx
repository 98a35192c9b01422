import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'

/** `PUT` and `DELETE /mutes/:handle` respond with this button in its new state. */
export function MuteButton({ user: { handle, displayName: name, viewer } }: { user: UserJson }) {
  const t = useT()
  return (
    <Act
      action={`/mutes/${handle}`}
      method={viewer.muted ? 'delete' : 'put'}
      live
      label={viewer.muted ? t('Unmute {name}', { name }) : t('Mute {name}', { name })}
    >
      {viewer.muted ? t('Unmute') : t('Mute')}
    </Act>
  )
}
