import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { UserRows, UsersOr } from '../users/list'
import { MuteButton } from './button'

type List = { users: UserJson[]; next: string | null }

export const MutedPart = (list: List) => <UserRows {...list} Button={MuteButton} />

export function MutedPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Muted people')} back="/users/account/privacy">
      <p class="lead">
        {t('You do not see their posts in your lists or get notifications about them. They are not told.')}
      </p>
      <UsersOr {...list} Button={MuteButton} icon="volume-x" empty={t('You have not muted anyone.')} />
    </Layout>
  )
}
