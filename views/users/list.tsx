import type { UserJson } from '../../src/users/json'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { FollowButton } from './follow'

type List = { users: UserJson[]; next: string | null }

export const UsersPart = ({ users, next }: List) => (
  <>
    {users.map((user) => (
      <div class="row">
        <Avatar user={user} size={44} />
        <a class="what" href={`/users/${user.handle}`}>
          <strong>{user.displayName}</strong>
          <span class="hint">@{user.handle}</span>
        </a>
        <FollowButton user={user} />
      </div>
    ))}
    <More next={next} />
  </>
)

/** `empty` says why nobody is here. */
export const UsersPage = ({ title, empty, ...list }: List & { title: string; empty: string }) => (
  <Layout title={title}>
    {list.users.length ? (
      <div class="rows">
        <UsersPart {...list} />
      </div>
    ) : (
      <Empty icon="users-round" text={empty} />
    )}
  </Layout>
)
