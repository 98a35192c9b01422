import type { UserJson } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Act } from '../parts/form'
import { UserRows, UsersOr } from '../users/list'

type List = { users: UserJson[]; next: string | null }

/** The answer to a request. The row leaves the list with either of them. */
function Decision({ user: { handle, displayName: name } }: { user: UserJson }) {
  const t = useT()
  const answer = { action: `/follows/requests/${handle}`, live: true, target: 'closest .row' }
  return (
    <span class="buttons">
      <Act {...answer} method="put" button="button primary" label={t('Accept {name}', { name })} done={t('Accepted.')}>
        {t('Accept')}
      </Act>
      <Act {...answer} method="delete" label={t('Refuse {name}', { name })} done={t('Refused.')}>
        {t('Refuse')}
      </Act>
    </span>
  )
}

export const RequestsPart = (list: List) => <UserRows {...list} Button={Decision} />

export function RequestsPage(list: List) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('Follow requests')} back={`/users/${viewer?.handle}`}>
      <p class="lead">{t('People you accept see all your posts. People you refuse are not told.')}</p>
      <UsersOr {...list} Button={Decision} icon="user-round-plus" empty={t('Nobody is waiting for your answer.')} />
    </Layout>
  )
}
