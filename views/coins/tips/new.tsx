import type { UserJson } from '../../../shapes/users'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Avatar } from '../../parts/avatar'
import { Field } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'

const USUAL = [5, 10, 25, 50]

export function TipForm({ postId, handle, ...form }: FormProps & { handle?: string; postId?: number | undefined }) {
  const { t, coins } = useFrame()
  const value = (name: string, given: unknown) => String(form.values?.[name] ?? given ?? '')
  return (
    <Form action="/coins/tips" class="stack" live>
      <FormProblem {...form} />
      <input type="hidden" name="handle" value={value('handle', handle)} />
      <input type="hidden" name="postId" value={value('postId', postId)} />
      <input type="hidden" name="idempotencyKey" value={value('idempotencyKey', crypto.randomUUID())} />
      <Field
        label={t('Coins')}
        name="coins"
        type="number"
        min={1}
        max={1_000_000}
        inputmode="numeric"
        value={10}
        list="usual-tips"
        required
        hint={t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: coins ?? 0 })}
        {...form}
      />
      <datalist id="usual-tips">
        {USUAL.map((n) => (
          <option value={String(n)} />
        ))}
      </datalist>
      <Field label={t('Message')} name="note" maxlength={200} autocomplete="off" hint={t('Optional.')} {...form} />
      <button class="button primary">{t('Send tip')}</button>
    </Form>
  )
}

export function TipPage({ user, postId }: { user: UserJson; postId?: number | undefined }) {
  const t = useT()
  const back = postId ? `/posts/${postId}` : `/users/${user.handle}`
  return (
    <Layout title={t('Tip {name}', { name: user.displayName })} heading={t('Tip')} back={back}>
      <section class="panel">
        <p class="payee">
          <Avatar user={user} size={44} />
          <strong>
            <bdi>{user.displayName}</bdi>
          </strong>
          <span class="hint">{postId ? t('for this post') : `@${user.handle}`}</span>
        </p>
        <TipForm handle={user.handle} postId={postId} />
      </section>
    </Layout>
  )
}

/** Replaces the form after the tip was sent. */
export function Tipped({
  handle,
  coins,
  postId,
  balance,
}: {
  handle: string
  coins: number
  postId?: number
  balance: number
}) {
  const t = useT()
  return (
    <div class="stack" role="status">
      <p>
        {t({ one: 'You tipped @{handle} {n} coin.', other: 'You tipped @{handle} {n} coins.' }, { handle, n: coins })}
      </p>
      <p class="hint">{t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: balance })}</p>
      <a class="button" href={postId ? `/posts/${postId}` : `/users/${handle}`}>
        {postId ? t('Back to the post') : t('Back to the profile')}
      </a>
    </div>
  )
}
