import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { contentsText } from '../parts/contents'
import { Icon } from '../parts/icon'
import type { IconName } from '../parts/icons'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'
import { timeInSentence } from '../parts/time'
import { captionStart, fileName } from '../posts/name'
import { statusName } from '../posts/status'
import type { Translate } from '../words'

/** A grid with the first picture of each post. With `pinned`, which profiles use, pinned posts have a mark. */
export const PostGridPart = ({ posts, next, pinned }: { posts: PostJson[]; next: string | null; pinned?: boolean }) => (
  <>
    {posts.map((post) => (
      <GridTile post={post} {...(pinned && { pinned })} />
    ))}
    <More next={next} />
  </>
)

export function GridTile({ post, pinned }: { post: PostJson; pinned?: boolean }) {
  const t = useT()
  const [first] = post.files
  const marks = marksOf(post, t, pinned)
  return (
    <a
      class={post.sensitive || post.locked ? 'tile covered' : 'tile'}
      href={`/posts/${post.id}`}
      aria-label={[...new Set([nameOf(post, t), ...marks.map(([, says]) => says)])].join(' · ')}
      data-post={post.id}
    >
      {first && <Picture file={first} use="thumb" decorative />}
      <span class="marks">
        {marks.map(([icon]) => (
          <Icon name={icon} size={20} />
        ))}
      </span>
    </a>
  )
}

/** Names a tile by the description of its first picture, else by the beginning of the caption, else by author and time. */
function nameOf(post: PostJson, t: Translate): string {
  const { author, files, publishedAt, createdAt } = post
  const [first] = files
  const said = first?.altText || captionStart(post, t)
  if (said) return said
  const whose = first
    ? fileName({ author, files: [first] }, first, t)
    : t('Photo by {name}', { name: author.displayName })
  return `${whose} · ${timeInSentence(publishedAt ?? createdAt, t.locale)}`
}

/** The marks on a tile and what they say, which the name of the tile says, too. */
function marksOf(post: PostJson, t: Translate, pinned = false): [IconName, string][] {
  const { files, status } = post
  const marks: [boolean, IconName, string][] = [
    [post.pinned && pinned, 'pin', t('Pinned')],
    [post.locked, 'lock', t('Locked')],
    [files[0]?.kind === 'video', 'play', contentsText(post, t)],
    [files.length > 1, 'images', contentsText(post, t)],
    [post.visibility === 'followers', 'users-round', t('Followers only')],
    [post.sensitive, 'eye-off', t('Sensitive')],
    [status === 'processing', 'rotate-cw', statusName(status, t)],
    [status === 'scheduled', 'clock', statusName(status, t)],
    [status === 'held', 'eye', statusName(status, t)],
    [status === 'failed', 'triangle-alert', statusName(status, t)],
  ]
  return marks.flatMap(([isShown, ...mark]) => (isShown ? [mark] : []))
}
