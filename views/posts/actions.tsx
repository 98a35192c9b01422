import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'

type Props = { post: PostJson }

/** The buttons below the pictures of a post. */
export function PostActions({ post }: Props) {
  return (
    <div class="actions-row">
      <LikeButton post={post} />
      <CommentsLink post={post} />
      <GivingLinks post={post} />
      <BookmarkButton post={post} />
    </div>
  )
}

/** The like button. `PUT` and `DELETE /posts/:id/like` respond with it in its new state. */
export function LikeButton({ post: { id, likes, viewer: me } }: Props) {
  const { t, viewer } = useFrame()
  const label = t('Like ({n})', { n: likes })
  const face = <Face icon="heart" n={likes} />
  if (!viewer) return <SignIn id={id} label={label} face={face} />
  return (
    <Form action={`/posts/${id}/like`} method={me.liked ? 'delete' : 'put'} live keepsFocus class="like">
      <button
        class={me.liked ? 'act on' : 'act'}
        id={`like-${id}`}
        aria-pressed={me.liked ? 'true' : 'false'}
        aria-label={label}
        title={label}
      >
        {face}
      </button>
    </Form>
  )
}

/** With `renewed`, htmx replaces the link that is already on the page, regardless of the target of the response. */
export function CommentsLink({ post: { id, comments }, renewed }: Props & { renewed?: boolean }) {
  const t = useT()
  const label = t({ one: '{n} comment', other: '{n} comments' }, { n: comments })
  return (
    <a
      class="act"
      id={`comments-${id}`}
      href={`/posts/${id}#comments`}
      aria-label={label}
      title={label}
      hx-swap-oob={renewed ? 'true' : undefined}
    >
      <Face icon="message-circle" n={comments} />
    </a>
  )
}

/** Links to pages for tipping the author and, if the post has a price, for giving the post to someone else. */
function GivingLinks({ post: { id, price, author, viewer: me } }: Props) {
  const { t, coins } = useFrame()
  if (coins === null || me.own) return null
  const [tip, gift] = [t('Tip'), t('Gift this post')]
  return (
    <>
      <a class="act" href={`/coins/tips/new?handle=${author.handle}&post=${id}`} aria-label={tip} title={tip}>
        <Icon name="hand-coins" />
      </a>
      {price > 0 && (
        <a class="act" href={`/posts/${id}/gifts/new`} aria-label={gift} title={gift}>
          <Icon name="gift" />
        </a>
      )}
    </>
  )
}

/** The bookmark button. `PUT` and `DELETE /posts/:id/bookmark` respond with it. Bookmark counts are never shown. */
export function BookmarkButton({ post: { id, viewer: me } }: Props) {
  const { t, viewer } = useFrame()
  const face = <Icon name="bookmark" />
  if (!viewer) return <SignIn id={id} label={t('Bookmark')} face={face} last />
  return (
    <Form
      action={`/posts/${id}/bookmark`}
      method={me.bookmarked ? 'delete' : 'put'}
      live
      keepsFocus
      class="bookmark"
      {...(!me.bookmarked && {
        done: t('Bookmarked.'),
        onward: { href: `/collections?postId=${id}`, label: t('Put into a collection') },
      })}
    >
      <button
        class={me.bookmarked ? 'act on' : 'act'}
        id={`bookmark-${id}`}
        aria-pressed={me.bookmarked ? 'true' : 'false'}
        aria-label={t('Bookmark')}
        title={t('Bookmark')}
      >
        {face}
      </button>
    </Form>
  )
}

const Face = ({ icon, n }: { icon: 'heart' | 'message-circle'; n: number }) => (
  <>
    <Icon name={icon} />
    {n > 0 && <span>{shortly(n)}</span>}
  </>
)

/** Shortens a number to at most four characters: 1,234 becomes 1.2k. */
const shortly = (n: number) =>
  n < 1000 ? String(n) : n < 999_500 ? `${thousands(n / 1000)}k` : `${thousands(n / 1e6)}M`
const thousands = (n: number) => (n < 9.95 ? n.toFixed(1).replace('.0', '') : String(Math.round(n)))

const SignIn = ({ id, label, face, last }: { id: number; label: string; face: unknown; last?: boolean }) => (
  <a class={last ? 'act bookmark' : 'act'} href={`/sessions/new?next=/posts/${id}`} aria-label={label} title={label}>
    {face}
  </a>
)
