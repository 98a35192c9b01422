import type { PostJson } from '../../src/posts/json'
import { useFrame } from '../frame'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'

/** What who has not bought it sees: the first picture as 32 pixels scaled up, how much is inside, and the price. */
export function Locked({ post }: { post: PostJson }) {
  const { t, viewer } = useFrame()
  const [first] = post.files
  return (
    <div class="media locked">
      {first && (
        <span class="photo">
          <Picture file={first} use="feed" decorative />
        </span>
      )}
      <div class="veil">
        <Icon name="lock" />
        <p>{t({ one: '{n} photo inside', other: '{n} photos inside' }, { n: post.files.length })}</p>
        {viewer ? (
          <Form action={`/library/${post.id}`} method="put" live target={`#post-${post.id}`}>
            <input type="hidden" name="price" value={String(post.price)} />
            <button class="button primary">{t({ one: 'Unlock · {n} coin', other: 'Unlock · {n} coins' }, { n: post.price })}</button>
          </Form>
        ) : (
          <a class="button primary" href="/sessions/new">
            {t('Sign in to unlock')}
          </a>
        )}
      </div>
    </div>
  )
}
