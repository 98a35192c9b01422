import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Act } from '../parts/form'

/** The follow button. `PUT` and `DELETE /follows/:handle` respond with it in its new state. */
export function FollowButton({ user }: { user: UserJson }) {
  const t = useT()
  if (user.viewer.self) return null
  const { displayName: name } = user
  const { following, requested } = user.viewer
  return (
    <Act
      action={`/follows/${user.handle}`}
      method={following || requested ? 'delete' : 'put'}
      live
      class="follow"
      button={following || requested ? 'button' : 'button primary'}
      label={
        following
          ? t('Unfollow {name}', { name })
          : requested
            ? t('Withdraw the request to follow {name}', { name })
            : t('Follow {name}', { name })
      }
    >
      {following ? t('Following') : requested ? t('Requested') : t('Follow')}
    </Act>
  )
}
