import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'

/** A grid with the first picture of each post. */
/** With `pinned`, which profiles use, pinned posts have a mark. */
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
  const name = first?.altText || post.caption || t('Photo by {name}', { name: post.author.displayName })
  return (
    <a
      class={post.sensitive || post.locked ? 'tile covered' : 'tile'}
      href={`/posts/${post.id}`}
      aria-label={name}
      data-post={post.id}
    >
      {first && <Picture file={first} use="thumb" decorative />}
      <span class="marks">
        {post.pinned && pinned && <Icon name="pin" size={20} />}
        {post.locked && <Icon name="lock" size={20} />}
        {first?.kind === 'video' && <Icon name="play" size={20} />}
        {post.files.length > 1 && <Icon name="images" size={20} />}
        {post.visibility === 'followers' && <Icon name="users-round" size={20} />}
        {post.sensitive && <Icon name="eye-off" size={20} />}
        {post.status === 'processing' && <Icon name="rotate-cw" size={20} />}
        {post.status === 'scheduled' && <Icon name="clock" size={20} />}
        {post.status === 'failed' && <Icon name="triangle-alert" size={20} />}
      </span>
    </a>
  )
}
