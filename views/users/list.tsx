import type { FC } from 'hono/jsx'
import type { UserJson } from '../../shapes/users'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
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

export const UsersPart = (list: List) => <UserRows {...list} Button={FollowButton} />

export const UsersPage = ({ title, empty, back, ...list }: List & { title: string; empty: string; back: string }) => (
  <Layout title={title} back={back}>
    <UsersOr {...list} Button={FollowButton} icon="users-round" empty={empty} />
  </Layout>
)
