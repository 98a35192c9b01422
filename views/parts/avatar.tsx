import type { UserJson } from '../../shapes/users'

type Props = { user: Pick<UserJson, 'handle' | 'displayName' | 'avatarUrl'>; size?: 24 | 36 | 44 | 96 }

/**
 * A person's picture or, without one, the first letter of their name. It needs no text because the name is always
 * beside it.
 */
export const Avatar = ({ user, size = 36 }: Props) =>
  user.avatarUrl ? (
    <img class={`avatar avatar-${size}`} src={user.avatarUrl} width={size} height={size} alt="" decoding="async" />
  ) : (
    <span class={`avatar avatar-${size}`} aria-hidden="true">
      {[...(user.displayName || user.handle)][0]?.toUpperCase()}
    </span>
  )
