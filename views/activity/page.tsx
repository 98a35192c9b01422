import type { PropsWithChildren } from 'hono/jsx'
import type { CommentJson } from '../../shapes/comments'
import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { Thumb } from '../parts/thumb'
import { Ago, Edited } from '../parts/time'
import { PostGridPart } from '../users/grid'

type Tab = 'likes' | 'comments'

/** The frame of both lists, with links from one to the other. */
function Activity({ tab, children }: PropsWithChildren<{ tab: Tab }>) {
  const t = useT()
  const names: Record<Tab, string> = { likes: t('Likes'), comments: t('Comments') }
  return (
    <Layout title={t('What I did')} wide={tab === 'likes'} back="/users/account">
      <nav class="tabs" aria-label={t('What I did')}>
        {(Object.keys(names) as Tab[]).map((each) => (
          <a href={`/activity/${each}`} {...(each === tab && { 'aria-current': 'page' as const })}>
            {names[each]}
          </a>
        ))}
      </nav>
      {children}
    </Layout>
  )
}

export function LikedPage({ posts, next }: { posts: PostJson[]; next: string | null }) {
  const t = useT()
  return (
    <Activity tab="likes">
      {posts.length ? (
        <div class="grid">
          <PostGridPart posts={posts} next={next} />
        </div>
      ) : (
        <Empty icon="heart" text={t('Posts that you like appear here. Only you can see this list.')} />
      )}
    </Activity>
  )
}

type List = { said: { comment: CommentJson; post: PostJson }[]; next: string | null }

export const SaidPart = ({ said, next }: List) => (
  <>
    {said.map(({ comment, post }) => (
      <a class="row" href={`/comments/${comment.id}#comment-${comment.id}`}>
        <span class="what">
          <bdi class="clamped">{comment.text}</bdi>
          <span class="hint">
            <Ago at={comment.createdAt} /> {comment.editedAt && <Edited at={comment.editedAt} />}
          </span>
        </span>
        <Thumb post={post} />
      </a>
    ))}
    <More next={next} />
  </>
)

export function SaidPage(list: List) {
  const t = useT()
  return (
    <Activity tab="comments">
      {list.said.length ? (
        <div class="rows">
          <SaidPart {...list} />
        </div>
      ) : (
        <Empty icon="message-circle" text={t('Your comments appear here. Only you can see this list.')} />
      )}
    </Activity>
  )
}
