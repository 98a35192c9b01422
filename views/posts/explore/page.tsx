import type { PostJson } from '../../../shapes/posts'
import { useFrame } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { PostGridPart } from '../../users/grid'

/** The posts that people like now. */
export function ExplorePage({ posts, next }: { posts: PostJson[]; next: string | null }) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('Explore')} wide back="/search">
      {posts.length ? (
        <div class="grid" data-offered>
          <PostGridPart posts={posts} next={next} />
        </div>
      ) : (
        <Empty icon="compass" text={t('There are no new posts in the last two weeks.')}>
          {viewer && (
            <a class="button primary" href="/users">
              {t('Find people to follow')}
            </a>
          )}
        </Empty>
      )}
    </Layout>
  )
}
