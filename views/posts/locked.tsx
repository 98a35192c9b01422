import type { FormProps } from '../../src/http/input'
import type { PostJson } from '../../src/posts/json'
import { useFrame, useT } from '../frame'
import { durationText } from '../parts/duration'
import { Form, FormProblem } from '../parts/form'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'

/** A post that is not paid for: 32 pixels of it, what is inside, and one button. */
export function Locked({ post, ...form }: FormProps & { post: PostJson }) {
  const [first] = post.files
  return (
    <div class="media locked">
      {first && <Picture file={first} use="feed" decorative />}
      <div class="veil">
        <Icon name="lock" />
        <p>{useContents(post)}</p>
        <FormProblem {...form} />
        <Unlock post={post} />
      </div>
    </div>
  )
}

/** "3 photos · 1 video 0:40" */
function useContents({ files }: PostJson): string {
  const t = useT()
  const videos = files.filter(({ kind }) => kind === 'video')
  const photos = files.length - videos.length
  const length = videos.reduce((sum, { duration }) => sum + (duration ?? 0), 0)
  return [
    ...(photos ? [t({ one: '{n} photo', other: '{n} photos' }, { n: photos })] : []),
    ...(videos.length
      ? [t({ one: '{n} video {length}', other: '{n} videos {length}' }, { n: videos.length, length: durationText(length) })]
      : []),
  ].join(' · ')
}

/** With too few coins the same button says what is missing and leads to the wallet. */
function Unlock({ post: { id, price } }: { post: PostJson }) {
  const { t, viewer, coins, hasCoins } = useFrame()
  if (!hasCoins) return <p>{t('It cannot be unlocked at the moment.')}</p>
  if (!viewer)
    return (
      <a class="button primary" href={`/sessions/new?next=/posts/${id}`}>
        {t('Sign in to unlock · {n} coins', { n: price })}
      </a>
    )
  if (coins === null || coins < price)
    return (
      <a class="button" href="/coins">
        {t({ one: '{n} coin short · To the wallet', other: '{n} coins short · To the wallet' }, { n: price - (coins ?? 0) })}
      </a>
    )
  return (
    <Form action={`/library/${id}`} method="put" live target={`#post-${id}`} swap="outerHTML transition:true" done={t('It is yours now.')}>
      <input type="hidden" name="price" value={String(price)} />
      <button class="button primary">{t({ one: 'Unlock · {n} coin', other: 'Unlock · {n} coins' }, { n: price })}</button>
    </Form>
  )
}
