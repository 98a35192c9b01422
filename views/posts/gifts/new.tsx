import type { PostJson } from '../../../shapes/posts'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Field } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'

export function GiftForm({ postId, price, ...form }: FormProps & { postId: number; price: number }) {
  const { t, coins } = useFrame()
  return (
    <Form action={`/posts/${postId}/gifts`} class="stack" live>
      <FormProblem {...form} />
      <input type="hidden" name="price" value={String(price)} />
      <input type="hidden" name="idempotencyKey" value={String(form.values?.idempotencyKey ?? crypto.randomUUID())} />
      <Field
        label={t('For whom')}
        name="handle"
        placeholder="@"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        hint={t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: coins ?? 0 })}
        {...form}
      />
      <button class="button primary">
        {t({ one: 'Give it · {n} coin', other: 'Give it · {n} coins' }, { n: price })}
      </button>
    </Form>
  )
}

export function GiftPage({ post }: { post: PostJson }) {
  const { t, viewer } = useFrame()
  const name = post.author.displayName
  return (
    <Layout title={t('Give this post')} back={`/posts/${post.id}`}>
      <section class="panel">
        <p>{t('Pay this post of {name} for somebody else: it lies in their library at once.', { name })}</p>
        {post.price > 0 && viewer && !post.viewer.own ? (
          <GiftForm postId={post.id} price={post.price} />
        ) : (
          <p class="hint">{post.viewer.own ? t('This is your own post.') : t('This post is free.')}</p>
        )}
      </section>
    </Layout>
  )
}

/** What stands in the place of the form when it went well. */
export function Given({
  handle,
  coins,
  postId,
  balance,
}: {
  handle: string
  coins: number
  postId: number
  balance: number
}) {
  const t = useT()
  return (
    <div class="stack" role="status">
      <p>
        {t(
          {
            one: 'It is in the library of @{handle}, for {n} coin.',
            other: 'It is in the library of @{handle}, for {n} coins.',
          },
          { handle, n: coins },
        )}
      </p>
      <p class="hint">{t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: balance })}</p>
      <a class="button" href={`/posts/${postId}`}>
        {t('Back to the post')}
      </a>
    </div>
  )
}
