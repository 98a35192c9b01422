import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'

/** What `PUT` and `DELETE /blocks/:handle` answer: the same button, the other way round. */
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
