import type { UserJson } from '../../shapes/users'

type Props = { user: Pick<UserJson, 'handle' | 'displayName' | 'avatarUrl'>; size?: 24 | 36 | 44 | 96 }

/** Somebody's picture, or their first letter. Always beside the name, so it says nothing itself. */
export const Avatar = ({ user, size = 36 }: Props) =>
  user.avatarUrl ? (
    <img class={`avatar avatar-${size}`} src={user.avatarUrl} width={size} height={size} alt="" decoding="async" />
  ) : (
    <span class={`avatar avatar-${size}`} aria-hidden="true">
      {[...(user.displayName || user.handle)][0]?.toUpperCase()}
    </span>
  )
