import type { UserJson } from '../../shapes/users'
import { Avatar } from '../parts/avatar'

/** The picture and the name of the author at the top of a post, as a link to their profile. */
export const Author = ({ author }: { author: UserJson }) => (
  <a class="who" href={`/users/${author.handle}`}>
    <Avatar user={author} />
    <strong>
      <bdi>{author.displayName}</bdi>
    </strong>
  </a>
)
