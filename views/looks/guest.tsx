import type { GuestLookJson } from '../../shapes/looks'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Media } from '../parts/media'
import { timeInSentence } from '../parts/time'
import { Words } from '../parts/words'
import { postName } from '../posts/name'

type Props = { look: GuestLookJson; token: string }

/** What somebody without an account sees behind a link: the cover of one post, and the post while a look lasts. */
export function GuestPage({ look, token }: Props) {
  const t = useT()
  return (
    <Layout title={t('A look at a post by {name}', { name: look.author })} heading={t('A look')} back="/sessions/new">
      {look.post ? <Shown look={look} /> : <Cover look={look} token={token} />}
    </Layout>
  )
}

function Shown({ look: { post, openUntil, left } }: { look: GuestLookJson }) {
  const { t } = useFrame()
  if (!post) return null
  return (
    <article class="post" aria-label={postName(post, t)}>
      <header class="post-head">
        <span class="who">
          <strong>
            <bdi>{post.author.displayName}</bdi>
          </strong>
        </span>
      </header>
      <Media post={post} eager />
      {post.caption && (
        <p class="caption">
          <Words text={post.caption} />
        </p>
      )}
      <p class="look-end">
        {openUntil && t('You can look until {time}.', { time: timeInSentence(openUntil, t.locale) })}{' '}
        {left > 0 &&
          t({ one: 'After that, one more look is left.', other: 'After that, {n} looks are left.' }, { n: left })}
      </p>
    </article>
  )
}

function Cover({ look: { giver, author, left, hours, placeholder }, token }: Props) {
  const t = useT()
  return (
    <section class="media locked look">
      {placeholder && <img class="placeholder" src={placeholder} alt="" />}
      <div class="veil">
        <Icon name="eye" />
        <p>
          {giver === author
            ? t('{giver} gives you a look at one of their posts.', { giver })
            : t('{giver} gives you a look at a post by {author}.', { giver, author })}
        </p>
        <Form action={`/looks/${token}`}>
          <button class="button primary">{t('Look now')}</button>
        </Form>
        <p class="small">
          {left > 1
            ? t({ one: 'One look is left.', other: '{n} looks are left, each for an hour.' }, { n: left })
            : t({ one: 'You can look for one hour.', other: 'You can look for {n} hours.' }, { n: hours })}{' '}
          {t('The link then works in this browser only.')}
        </p>
      </div>
    </section>
  )
}
