import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { contentsText } from '../parts/contents'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'
import { ShortOf } from '../parts/short-of'

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
        {post.viewer.undoUntil ? <Undo post={post} /> : <Unlock post={post} />}
      </div>
    </div>
  )
}

function Unlock({ post: { id, price } }: { post: PostJson }) {
  const { t, viewer, coins, hasCoins, refundText } = useFrame()
  if (!hasCoins) return <p>{t('This post cannot be bought at the moment.')}</p>
  if (!viewer)
    return (
      <a class="button primary" href={`/sessions/new?next=/posts/${id}`}>
        {t('Sign in to unlock · {n} coins', { n: price })}
      </a>
    )
  if (coins === null || coins < price) return <ShortOf price={price} />
  return (
    <Confirm
      label={
        <>
          <span class="closed">{t({ one: 'Unlock · {n} coin', other: 'Unlock · {n} coins' }, { n: price })}</span>
          <span class="opened">{t('Cancel')}</span>
        </>
      }
      question={t({ one: 'Buy this post for {n} coin?', other: 'Buy this post for {n} coins?' }, { n: price })}
      class="button primary"
    >
      <p class="hint">
        {t({ one: 'You will have {n} coin left.', other: 'You will have {n} coins left.' }, { n: coins - price })}
      </p>
      {refundText && <p class="hint pre">{refundText}</p>}
      <Form
        action={`/library/${id}`}
        method="put"
        live
        target={`#post-${id}`}
        swap="outerHTML transition:true"
        done={t('Bought. You can find it in your library.')}
      >
        <input type="hidden" name="price" value={String(price)} />
        <button class="button primary">{t({ one: 'Buy · {n} coin', other: 'Buy · {n} coins' }, { n: price })}</button>
      </Form>
    </Confirm>
  )
}

/** What was bought a moment ago. It is shown after ten seconds, or at once, and can be undone until then. */
function Undo({ post: { id } }: { post: PostJson }) {
  const { t } = useFrame()
  const live = { live: true, target: `#post-${id}`, swap: 'outerHTML transition:true' } as const
  return (
    <div class="undo">
      <p>{t('Bought. It opens in ten seconds.')}</p>
      <Act action={`/library/${id}/shown`} method="put" button="button primary" {...live}>
        {t('Open now')}
      </Act>
      <Act action={`/library/${id}`} method="delete" {...live}>
        {t('Undo the purchase')}
      </Act>
    </div>
  )
}
