import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { contentsText } from '../parts/contents'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'

/** A post that the viewer has not bought: a 32-pixel preview, a summary of the contents and one button. */
export function Locked({ post, ...form }: FormProps & { post: PostJson }) {
  const [first] = post.files
  return (
    <div class="media locked">
      {first && <Picture file={first} use="feed" decorative />}
      <div class="veil">
        <Icon name="lock" />
        <p>{contentsText(post, useT())}</p>
        <FormProblem {...form} />
        <Unlock post={post} />
      </div>
    </div>
  )
}

/** With too few coins, the button says how many are missing and links to the wallet. */
function Unlock({ post: { id, price } }: { post: PostJson }) {
  const { t, viewer, coins, hasCoins } = useFrame()
  if (!hasCoins) return <p>{t('This post cannot be bought at the moment.')}</p>
  if (!viewer)
    return (
      <a class="button primary" href={`/sessions/new?next=/posts/${id}`}>
        {t('Sign in to unlock · {n} coins', { n: price })}
      </a>
    )
  if (coins === null || coins < price)
    return (
      <a class="button" href="/coins" data-short-of={price}>
        {t(
          { one: '{n} coin short · Go to the wallet', other: '{n} coins short · Go to the wallet' },
          { n: price - (coins ?? 0) },
        )}
      </a>
    )
  return (
    <Form
      action={`/library/${id}`}
      method="put"
      live
      target={`#post-${id}`}
      swap="outerHTML transition:true"
      done={t('Unlocked. You can find it in your library.')}
    >
      <input type="hidden" name="price" value={String(price)} />
      <button class="button primary">
        {t({ one: 'Unlock · {n} coin', other: 'Unlock · {n} coins' }, { n: price })}
      </button>
    </Form>
  )
}
