import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { MarkRead } from '../parts/mark-read'
import { More } from '../parts/more'
import { NewerPill } from '../parts/pill'
import { WelcomeText } from '../parts/welcome-text'
import { PostPart } from '../posts/post'

type List = { posts: PostJson[]; next: string | null }

export function InboxPart({ posts, next, eager }: List & { eager?: boolean }) {
  const t = useT()
  return (
    <>
      {posts.map((post, at) => (
        <>
          {post.read !== false && posts[at - 1]?.read !== true && <Earlier text={t('Earlier')} />}
          <PostPart post={post} eager={!!eager && at === 0} />
        </>
      ))}
      <More next={next} />
    </>
  )
}

/**
 * The stylesheet shows this heading only after an unread post, because a later page does not know how the previous page
 * ended.
 */
const Earlier = ({ text }: { text: string }) => <h2 class="earlier">{text}</h2>

export function InboxPage({ posts, next, unread }: List & { unread: number }) {
  const t = useT()
  const newest = posts[0]?.publishedAt
  return (
    <Layout title={t('Inbox')} {...(unread > 0 && newest && { actions: <MarkRead list="inbox" upTo={newest} /> })}>
      <WelcomeText />
      <NewerPill list="inbox" href="/inbox" known={unread} />
      {posts.length ? (
        <div class="feed" data-offered>
          <InboxPart posts={posts} next={next} eager />
        </div>
      ) : (
        <Empty icon="inbox" text={t('New posts from people you follow appear here.')}>
          <a class="button primary" href="/users">
            {t('Find people to follow')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}
