import type { PropsWithChildren } from 'hono/jsx'
import type { FoundJson, Searched } from '../../shapes/search'
import { type TagJson, tagPath } from '../../shapes/tags'
import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Place } from '../parts/place'
import { postsText } from '../posts/tags/count'
import { PostGridPart } from '../users/grid'
import { UsersPart } from '../users/list'

export type FoundProps = {
  q: string
  found: FoundJson
  /** The list that was searched alone; null for all lists. */
  only: Searched | null
  next: string | null
  /** People to follow, where nothing was found or searched for. */
  people: UserJson[]
}

/** The results below the search field, which are replaced as one types. */
export function FoundPart({ q, found, only, next, people }: FoundProps) {
  const t = useT()
  const n = Object.values(found).reduce((sum, list) => sum + (list?.items.length ?? 0), 0)
  const all = (kind: Searched) => `/search?${new URLSearchParams({ q, in: kind })}`
  const isShort = (kind: Searched) => !only && !!found[kind]?.nextCursor
  if (!q.trim()) return <Start people={people} />
  return (
    <div data-said={n ? t({ one: '{n} result', other: '{n} results' }, { n }) : t('Nothing found for “{q}”.', { q })}>
      {only && (
        <p class="back-to-all">
          <a href={`/search?${new URLSearchParams({ q })}`}>{t('All results')}</a>
        </p>
      )}
      {n === 0 && (
        <>
          <Empty icon="search" text={t('Nothing found for “{q}”.', { q })} />
          <PeopleToFollow people={people} />
        </>
      )}
      {!!found.users?.items.length && (
        <Section title={t('People')} all={isShort('users') && all('users')}>
          <div class="rows">
            <UsersPart users={found.users.items} next={next} />
          </div>
        </Section>
      )}
      {!!found.tags?.items.length && (
        <Section title={t('Tags')} all={isShort('tags') && all('tags')}>
          <div class="rows">
            <TagRows tags={found.tags.items} next={next} />
          </div>
        </Section>
      )}
      {!!found.posts?.items.length && (
        <Section title={t('Posts')} all={isShort('posts') && all('posts')}>
          <div class="grid" data-offered>
            <PostGridPart posts={found.posts.items} next={next} />
          </div>
        </Section>
      )}
    </div>
  )
}

/** The next page of one list. */
export const MoreFound = ({ found: { users, tags, posts }, next }: Pick<FoundProps, 'found' | 'next'>) => (
  <>
    {users && <UsersPart users={users.items} next={next} />}
    {tags && <TagRows tags={tags.items} next={next} />}
    {posts && <PostGridPart posts={posts.items} next={next} />}
  </>
)

type SectionProps = PropsWithChildren<{ title: string; all?: string | false }>

function Section({ title, all, children }: SectionProps) {
  const t = useT()
  return (
    <section class="results">
      <div class="results-head">
        <h2>{title}</h2>
        {all && (
          <a href={all} aria-label={`${title}: ${t('Show all')}`}>
            {t('Show all')}
          </a>
        )}
      </div>
      {children}
    </section>
  )
}

const TagRows = ({ tags, next }: { tags: TagJson[]; next: string | null }) => (
  <>
    {tags.map((tag) => (
      <TagRow {...tag} />
    ))}
    <More next={next} />
  </>
)

function TagRow({ tag, posts }: TagJson) {
  const t = useT()
  return (
    <div class="row">
      <span class="tag-mark" aria-hidden="true">
        <Icon name="hash" size={20} />
      </span>
      <a class="what" href={tagPath(tag)}>
        <strong>#{tag}</strong>
        <span class="hint">{postsText(t, posts)}</span>
      </a>
    </div>
  )
}

/** The page before a search. The script fills in the recent searches, which only the device knows. */
function Start({ people }: { people: UserJson[] }) {
  const t = useT()
  return (
    <>
      <section class="results" data-recent hidden>
        <div class="results-head">
          <h2>{t('Recent searches')}</h2>
          <button class="button quiet" type="button" data-forget>
            {t('Clear')}
          </button>
        </div>
        <ul class="places" />
        <p class="hint">{t('Only this device keeps them.')}</p>
        <template>
          <Place href="/search" icon="history" text="" />
        </template>
      </section>
      <ul class="places results">
        <Place href="/explore" icon="compass" text={t('Explore what people like now')} />
      </ul>
      <PeopleToFollow people={people} />
    </>
  )
}

/** People to follow, for somebody who follows nobody yet or has found nothing. */
export function PeopleToFollow({ people }: { people: UserJson[] }) {
  const t = useT()
  return people.length ? (
    <Section title={t('People to follow')} all="/users">
      <div class="rows">
        <UsersPart users={people} next={null} />
      </div>
    </Section>
  ) : null
}
