import type { PostJson } from '../../shapes/posts'
import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Form } from '../parts/form'
import { Picture } from '../parts/picture'
import { Filter } from './filter'

// What the lists of cases share in which the staff decide: reports, appeals, and texts with listed words.

/** Links that choose between the cases that wait and those that are settled, at the address of a list. */
export function OpenFilter({ list, open }: { list: string; open: boolean }) {
  const t = useT()
  return (
    <Filter
      label={t('Status')}
      choices={[
        { href: list, name: t('Open'), here: open },
        { href: `${list}?status=settled`, name: t('Settled'), here: !open },
      ]}
    />
  )
}

/** The first picture of a post, if it has one, with a link to the post. */
export function PostThumb({ post }: { post: PostJson }) {
  const t = useT()
  const [first] = post.files
  if (!first) return null
  return (
    <a class={post.locked ? 'thumb covered' : 'thumb'} href={`/posts/${post.id}`} aria-label={t('Post')}>
      <Picture file={first} use="thumb" decorative />
    </a>
  )
}

/** A link to the person whom a case is about. They may have left. */
export function PersonLink({ user }: { user: UserJson | null }) {
  const t = useT()
  if (!user) return <span class="hint">{t('a former member')}</span>
  return (
    <a href={`/users/${user.handle}`}>
      <bdi>@{user.handle}</bdi>
    </a>
  )
}

type SettleProps = { address: string; outcome: string; label: string; button?: string }

/** A button that settles a case. `button` is its class. */
export const Settle = ({ address, outcome, label, button = 'button' }: SettleProps) => (
  <Form action={address} method="patch">
    <input type="hidden" name="outcome" value={outcome} />
    <button class={button}>{label}</button>
  </Form>
)
