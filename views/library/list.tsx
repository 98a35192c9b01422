import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { monthText } from '../parts/time'
import { GridTile } from '../users/grid'
import { numberText } from '../words/format'

type List = {
  posts: PostJson[]
  next: string | null
  /** When the last post on the previous page was bought. Its month already has a heading. */
  after?: string | undefined
}

export function LibraryPart({ posts, next, after }: List) {
  const t = useT()
  const months = [after, ...posts.map(({ boughtAt }) => boughtAt)].map((at) => at && monthText(at, t.locale))
  return (
    <>
      {posts.map((post, at) => (
        <>
          {months[at + 1] !== months[at] && <h2 class="month">{months[at + 1]}</h2>}
          <GridTile post={post} />
        </>
      ))}
      <More next={next} />
    </>
  )
}

export function LibraryPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Library')} wide actions={<Ways />}>
      {list.posts.length ? (
        <div class="grid">
          <LibraryPart {...list} />
        </div>
      ) : (
        <Empty icon="library" text={t('Posts that you buy stay here, even if their author deletes them.')}>
          <a class="button" href="/">
            {t('Look around')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}

/** Links to the bookmarks and to the wallet. */
function Ways() {
  const { t, coins } = useFrame()
  const wallet = t({ one: '{n} coin', other: '{n} coins' }, { n: coins ?? 0 })
  return (
    <>
      <a class="icon-button" href="/coins/refunds/mine" aria-label={t('Refunds')} title={t('Refunds')}>
        <Icon name="undo-2" />
      </a>
      <a class="icon-button" href="/bookmarks" aria-label={t('Bookmarks')} title={t('Bookmarks')}>
        <Icon name="bookmark" />
      </a>
      <a class="button" href="/coins" aria-label={wallet} title={wallet}>
        <Icon name="coins" size={20} />
        <span>{numberText(coins ?? 0, t.locale)}</span>
      </a>
    </>
  )
}
