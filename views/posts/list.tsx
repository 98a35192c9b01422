import type { PostJson } from '../../src/posts/json'
import { useFrame } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { InstallHint } from '../parts/install'
import { More } from '../parts/more'
import { PostPart } from './post'

type List = { posts: PostJson[]; next: string | null }

export const PostsPart = ({ posts, next, eager }: List & { eager?: boolean }) => (
  <>
    {posts.map((post, at) => (
      <PostPart post={post} eager={!!eager && at === 0} />
    ))}
    <More next={next} />
  </>
)

/** The main page. */
export function PostsPage(list: List) {
  const { t, siteName, viewer } = useFrame()
  return (
    <Layout title={siteName} heading={<Wordmark name={siteName} />}>
      <InstallHint />
      {list.posts.length ? (
        <div class="feed">
          <PostsPart {...list} eager />
        </div>
      ) : (
        <Empty icon="images" text={t('Nothing has been posted here yet.')}>
          {viewer && (
            <a class="button primary" href="/posts/new">
              {t('Post the first one')}
            </a>
          )}
        </Empty>
      )}
    </Layout>
  )
}

const Wordmark = ({ name }: { name: string }) => (
  <span class="wordmark">
    <Icon name="aperture" />
    <span>{name}</span>
  </span>
)
