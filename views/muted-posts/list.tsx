import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { More } from '../parts/more'
import { Thumb } from '../parts/thumb'

type List = { posts: PostJson[]; next: string | null }

function MutedPostRow({ post }: { post: PostJson }) {
  const t = useT()
  const { id, caption, author } = post
  const name = t('Photo by {name}', { name: author.displayName })
  return (
    <div class="row">
      <Thumb post={post} />
      <a class="what" href={`/posts/${id}`}>
        <strong class="clamped">
          <bdi>{caption || name}</bdi>
        </strong>
        <span class="hint">
          <bdi>@{author.handle}</bdi>
        </span>
      </a>
      <Act action={`/muted-posts/${id}`} method="delete" live target="closest .row" swap="delete">
        {t('Undo')}
      </Act>
    </div>
  )
}

export const MutedPostsPart = ({ posts, next }: List) => (
  <>
    {posts.map((post) => (
      <MutedPostRow post={post} />
    ))}
    <More next={next} />
  </>
)

export function MutedPostsPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Not interested')} back="/users/account/privacy">
      <p class="lead">
        {t('You do not see these posts in your lists or get notifications about them. Nobody is told.')}
      </p>
      {list.posts.length ? (
        <div class="rows">
          <MutedPostsPart {...list} />
        </div>
      ) : (
        <Empty icon="eye-off" text={t('You have not marked any post as “Not interested”.')} />
      )}
    </Layout>
  )
}
