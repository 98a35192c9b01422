import type { FC } from 'hono/jsx'
import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Confirm } from '../parts/confirm'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import type { IconName } from '../parts/icons'
import { More } from '../parts/more'
import { FollowButton } from './follow'

type List = { users: UserJson[]; next: string | null }
type Rows = List & { Button: FC<{ user: UserJson }> }

/** One row per person, with a button for what the viewer can do. */
export const UserRows = ({ users, next, Button }: Rows) => (
  <>
    {users.map((user) => (
      <div class="row">
        <Avatar user={user} size={44} />
        <a class="what" href={`/users/${user.handle}`}>
          <strong>
            <bdi>{user.displayName}</bdi>
          </strong>
          <span class="hint">
            <bdi>@{user.handle}</bdi>
          </span>
        </a>
        <Button user={user} />
      </div>
    ))}
    <More next={next} />
  </>
)

/** `empty` is the text for an empty list. */
export const UsersOr = ({ icon, empty, ...rows }: Rows & { icon: IconName; empty: string }) =>
  rows.users.length ? (
    <div class="rows">
      <UserRows {...rows} />
    </div>
  ) : (
    <Empty icon={icon} text={empty} />
  )

/** On the list of my own followers: takes one of them out. */
function RemoveFollower({ user: { handle, displayName: name } }: { user: UserJson }) {
  const t = useT()
  return (
    <Confirm
      label={t('Remove')}
      class="button"
      question={t('{name} will no longer follow you, and is not told.', { name })}
    >
      <Act
        action={`/follows/followers/${handle}`}
        method="delete"
        live
        target="closest .row"
        button="button danger filled"
        label={t('Remove {name} from my followers', { name })}
      >
        {t('Remove')}
      </Act>
    </Confirm>
  )
}

export const FollowersPart = (list: List) => <UserRows {...list} Button={RemoveFollower} />

export const UsersPart = (list: List) => <UserRows {...list} Button={FollowButton} />

type Page = List & { title: string; empty: string; back: string; mine?: boolean }

/** `mine` is the list of the viewer's own followers. */
export const UsersPage = ({ title, empty, back, mine, ...list }: Page) => (
  <Layout title={title} back={back}>
    <UsersOr {...list} Button={mine ? RemoveFollower : FollowButton} icon="users-round" empty={empty} />
  </Layout>
)
