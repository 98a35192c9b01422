import type { PropsWithChildren } from 'hono/jsx'
import type { UserJson } from '../../shapes/users'
import { useFrame } from '../frame'
import { Layout } from '../layout'
import { adultsMark, adultsText } from '../users/adults/text'
import { Author } from './author'

/** The way on for somebody who has not confirmed their age. */
function Next({ next }: { next: string }) {
  const { t, viewer } = useFrame()
  return viewer ? (
    <a class="button primary" href="/users/account/age">
      {t('Confirm my age')}
    </a>
  ) : (
    <a class="button primary" href={`/sessions/new?next=${next}`}>
      {t('Sign in')}
    </a>
  )
}

const Cover = ({ children }: PropsWithChildren) => {
  const frame = useFrame()
  return (
    <div class="media for-adults">
      <strong class="age" aria-hidden="true">
        {adultsMark(frame)}
      </strong>
      {children}
      <p class="hint">{adultsText(frame)}</p>
    </div>
  )
}

type Props = { id: number; author: UserJson }

/** Stands for a post that the viewer may not see before they have confirmed their age. It shows nothing of the post. */
export function ForAdultsPart({ id, author }: Props) {
  const { t } = useFrame()
  return (
    <article
      id={`post-${id}`}
      class="post"
      tabindex={-1}
      aria-label={t('Post by {name}', { name: author.displayName })}
    >
      <header class="post-head">
        <Author author={author} />
      </header>
      <Cover>
        <p>{t('This post is only for adults.')}</p>
        <Next next={`/posts/${id}`} />
      </Cover>
    </article>
  )
}

export function ForAdultsPage(props: Props) {
  const { t } = useFrame()
  return (
    <Layout title={t('Post for adults')} heading={t('Post')} back="/" wide>
      <div class="post-page">
        <ForAdultsPart {...props} />
      </div>
    </Layout>
  )
}

/** Stands for the posts of a profile that the viewer may not see before they have confirmed their age. */
export function HiddenForAge({ count, handle }: { count: number; handle: string }) {
  const { t } = useFrame()
  if (!count) return null
  return (
    <div class="hidden-for-age">
      <Cover>
        <p>{t({ one: '{n} post is only for adults.', other: '{n} posts are only for adults.' }, { n: count })}</p>
        <Next next={`/users/${handle}`} />
      </Cover>
    </div>
  )
}
