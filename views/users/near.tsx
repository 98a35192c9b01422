import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { FollowButton } from './follow'
import { UsersOr } from './list'

type Props = { near: string; users: UserJson[]; next: string | null }

/** People whose name is near what was typed, or people to follow. */
export function PeoplePage({ near, users, next }: Props) {
  const t = useT()
  const title = near ? t('People') : t('People to follow')
  const empty = near ? t('Nothing found for “{q}”.', { q: near }) : t('You already follow everybody here.')
  return (
    <Layout title={title} back="/search">
      <UsersOr users={users} next={next} Button={FollowButton} icon="users-round" empty={empty} />
    </Layout>
  )
}
