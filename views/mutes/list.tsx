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
    <Layout title={t('Muted people')} back="/users/account">
      <p class="lead">
        {t(
          'What they post does not come to your main page and inbox, and you hear nothing of what they do. Nobody tells them.',
        )}
      </p>
      <UsersOr {...list} Button={MuteButton} icon="volume-x" empty={t('You mute nobody.')} />
    </Layout>
  )
}
