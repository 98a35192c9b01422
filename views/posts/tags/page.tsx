import type { PostJson } from '../../../shapes/posts'
import { tagPath } from '../../../shapes/tags'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { FeedLink } from '../../parts/feed-link'
import { PostGridPart } from '../../users/grid'
import { postsText } from './count'

type Props = { tag: string; count: number; posts: PostJson[]; next: string | null; hasFeed: boolean }

/** The page has a feed where strangers may see it. */
export function TagPage({ tag, count, posts, next, hasFeed }: Props) {
  const t = useT()
  return (
    <Layout title={`#${tag}`} wide back="/search" head={hasFeed && <FeedLink at={tagPath(tag)} />}>
      {posts.length ? (
        <>
          <p class="lead">{postsText(t, count)}</p>
          <div class="grid" data-offered>
            <PostGridPart posts={posts} next={next} />
          </div>
        </>
      ) : (
        <Empty icon="hash" text={t('There are no posts with #{tag} for you.', { tag })}>
          <a class="button" href="/explore">
            {t('Look around')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}
