import type { PostJson } from '../../src/posts/json'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { PostGridPart } from '../users/grid'

type List = { posts: PostJson[]; next: string | null }

export const LibraryPart = (list: List) => <PostGridPart {...list} />

export function LibraryPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Library')} wide>
      {list.posts.length ? (
        <div class="grid">
          <LibraryPart {...list} />
        </div>
      ) : (
        <Empty icon="images" text={t('What you buy stays here.')} />
      )}
    </Layout>
  )
}
