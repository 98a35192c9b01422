import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'

/** The follow button. `PUT` and `DELETE /follows/:handle` respond with it in its new state. */
export function FollowButton({ user }: { user: UserJson }) {
  const t = useT()
  if (user.viewer.self) return null
  const { following } = user.viewer
  return (
    <Act
      action={`/follows/${user.handle}`}
      method={following ? 'delete' : 'put'}
      live
      class="follow"
      button={following ? 'button' : 'button primary'}
      label={
        following ? t('Unfollow {name}', { name: user.displayName }) : t('Follow {name}', { name: user.displayName })
      }
    >
      {following ? t('Following') : t('Follow')}
    </Act>
  )
}
