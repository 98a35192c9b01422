import type { PostJson } from '../../shapes/posts'
import type { UserJson } from '../../shapes/users'
import { useFrame } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { InstallHint } from '../parts/install'
import { Mark } from '../parts/mark'
import { More } from '../parts/more'
import { NewerPill } from '../parts/pill'
import { WelcomeText } from '../parts/welcome-text'
import { PeopleToFollow } from '../search/found'
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

/** The position of a post in the format of cursors. */
const positionOf = (post: PostJson | undefined) =>
  post?.publishedAt ? `${+new Date(post.publishedAt)}_${post.id}` : '0_0'

type Page = List & {
  isFirst: boolean
  /** People to follow, for somebody who follows nobody yet. */
  people: UserJson[]
}

export function PostsPage({ isFirst, people, ...list }: Page) {
  const { t, siteName, viewer } = useFrame()
  return (
    <Layout title={siteName} heading={<Wordmark name={siteName} />}>
      {viewer && isFirst && <NewerPill list="posts" href="/" known={positionOf(list.posts[0])} />}
      {isFirst && <WelcomeText />}
      <InstallHint />
      <PeopleToFollow people={people} />
      {list.posts.length ? (
        <div class="feed" data-offered>
          <PostsPart {...list} eager />
        </div>
      ) : (
        <Empty icon="images" text={t('There are no posts yet.')}>
          {viewer && (
            <a class="button primary" href="/posts/new">
              {t('Create the first post')}
            </a>
          )}
        </Empty>
      )}
    </Layout>
  )
}

const Wordmark = ({ name }: { name: string }) => (
  <span class="wordmark">
    <Mark />
    <span>{name}</span>
  </span>
)
