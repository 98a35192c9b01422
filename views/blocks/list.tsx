import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { UserRows, UsersOr } from '../users/list'
import { BlockButton } from './button'

type List = { users: UserJson[]; next: string | null }

export const BlockedPart = (list: List) => <UserRows {...list} Button={BlockButton} />

export function BlockedPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Blocked people')} back="/users/account/privacy">
      <p class="lead">
        {t('You and the people you block cannot see anything of each other. They are not told, but they may notice.')}
      </p>
      <UsersOr {...list} Button={BlockButton} icon="ban" empty={t('You have not blocked anyone.')} />
    </Layout>
  )
}
