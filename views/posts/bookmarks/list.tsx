import type { PostJson } from '../../../shapes/posts'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { PostGridPart } from '../../users/grid'

export function BookmarksPage({ posts, next }: { posts: PostJson[]; next: string | null }) {
  const t = useT()
  return (
    <Layout
      title={t('Bookmarks')}
      wide
      back="/users/account"
      actions={
        <a class="button quiet" href="/collections">
          {t('Collections')}
        </a>
      }
    >
      {posts.length ? (
        <div class="grid">
          <PostGridPart posts={posts} next={next} />
        </div>
      ) : (
        <Empty icon="bookmark" text={t('Posts you bookmark appear here. Only you can see them.')}>
          <a class="button" href="/">
            {t('Look around')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}
