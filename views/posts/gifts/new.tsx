import type { PostJson } from '../../../shapes/posts'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Field } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { ShortOf } from '../../parts/short-of'

export function GiftForm({ postId, price, ...form }: FormProps & { postId: number; price: number }) {
  const { t, coins } = useFrame()
  return (
    <Form action={`/posts/${postId}/gifts`} class="stack" live>
      <FormProblem {...form} />
      <input type="hidden" name="price" value={String(price)} />
      <input type="hidden" name="idempotencyKey" value={String(form.values?.idempotencyKey ?? crypto.randomUUID())} />
      <Field
        label={t('Recipient')}
        name="handle"
        placeholder="@"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        hint={t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: coins ?? 0 })}
        {...form}
      />
      {coins !== null && coins >= price && (
        <p class="hint">
          {t(
            {
              one: 'After this gift, you will have {n} coin left.',
              other: 'After this gift, you will have {n} coins left.',
            },
            { n: coins - price },
          )}
        </p>
      )}
      <button class="button primary">
        {t({ one: 'Send gift · {n} coin', other: 'Send gift · {n} coins' }, { n: price })}
      </button>
    </Form>
  )
}

function Giving({ post }: { post: PostJson }) {
  const { t, viewer, coins } = useFrame()
  if (post.viewer.own) return <p class="hint">{t('This is your own post.')}</p>
  if (!post.price || !viewer) return <p class="hint">{t('This post is free.')}</p>
  if (coins === null || coins < post.price) return <ShortOf price={post.price} />
  return <GiftForm postId={post.id} price={post.price} />
}

export function GiftPage({ post }: { post: PostJson }) {
  const t = useT()
  const name = post.author.displayName
  return (
    <Layout title={t('Gift this post')} back={`/posts/${post.id}`}>
      <section class="panel">
        <p>{t('Buy this post by {name} for someone else. It will appear in their library right away.', { name })}</p>
        <Giving post={post} />
      </section>
    </Layout>
  )
}

/** Replaces the form after the gift was sent. */
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
            one: 'You gave this post to @{handle} for {n} coin. It is in their library.',
            other: 'You gave this post to @{handle} for {n} coins. It is in their library.',
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
