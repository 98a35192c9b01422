import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'

/** `PUT` and `DELETE /blocks/:handle` respond with this button in its new state. */
export function BlockButton({ user: { handle, displayName: name, viewer } }: { user: UserJson }) {
  const t = useT()
  return viewer.blocked ? (
    <Act action={`/blocks/${handle}`} method="delete" live label={t('Unblock {name}', { name })}>
      {t('Unblock')}
    </Act>
  ) : (
    <Act action={`/blocks/${handle}`} method="put" live button="button danger" label={t('Block {name}', { name })}>
      {t('Block')}
    </Act>
  )
}
