import type { UserJson } from '../../../shapes/users'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Avatar } from '../../parts/avatar'
import { Field } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { ShortOf } from '../../parts/short-of'
import { numberText } from '../../words/format'
import { formFor } from '../../words/forms'

const USUAL = [1, 2, 5, 10, 25]

/** Three usual amounts that the coins are enough for; fewer where there are very few coins. */
const amountsFor = (coins: number) => USUAL.filter((n) => n <= coins).slice(-3)

/**
 * The usual amounts as links to the same page with the amount filled in. The script fills it in without leaving. Without
 * the script, each says what will be left of the coins.
 */
function Amounts({ coins, chosen, address }: { coins: number; chosen: number; address: (coins: number) => string }) {
  const t = useT()
  const amounts = amountsFor(coins)
  if (!amounts.length) return null
  return (
    <nav class="amounts" aria-label={t('Usual amounts')}>
      {amounts.map((n) => (
        <a
          class="button"
          href={address(n)}
          data-amount={String(n)}
          {...(n === chosen && { 'aria-current': 'true' as const })}
        >
          {t({ one: '{n} coin', other: '{n} coins' }, { n })}
          <span class="unscripted">{t({ one: '{n} left', other: '{n} left' }, { n: coins - n })}</span>
        </a>
      ))}
    </nav>
  )
}

/**
 * Says what will be left of the coins after the tip, or how many are missing. The script keeps it up to date. Without the
 * script, it names the amount that is filled in, since people may change it, unless a button says the same.
 */
function Left({ coins, chosen }: { coins: number; chosen: number }) {
  const t = useT()
  const n = Math.abs(coins - chosen)
  const amount = t({ one: '{n} coin', other: '{n} coins' }, { n: chosen })
  const left = t.forms({
    one: 'After this tip, you will have {n} coin left.',
    other: 'After this tip, you will have {n} coins left.',
  })
  const short = t.forms({ one: 'You are {n} coin short.', other: 'You are {n} coins short.' })
  return (
    <>
      <p
        class="hint scripted"
        role="status"
        data-left={String(coins)}
        data-forms={JSON.stringify(left)}
        data-short={JSON.stringify(short)}
      >
        {formFor(coins < chosen ? short : left, n, t.locale).replace('{n}', numberText(n, t.locale))}
      </p>
      {chosen > 0 && !amountsFor(coins).includes(chosen) && (
        <p class="hint unscripted">
          {coins < chosen
            ? t(
                {
                  one: 'For a tip of {amount}, you are {n} coin short.',
                  other: 'For a tip of {amount}, you are {n} coins short.',
                },
                { amount, n },
              )
            : t(
                {
                  one: 'A tip of {amount} leaves you {n} coin.',
                  other: 'A tip of {amount} leaves you {n} coins.',
                },
                { amount, n },
              )}
        </p>
      )}
    </>
  )
}

type Given = { handle?: string; postId?: number | undefined; amount?: number | undefined }

export function TipForm({ postId, handle, amount, ...form }: FormProps & Given) {
  const { t, coins: mine } = useFrame()
  const coins = mine ?? 0
  const value = (name: string, given: unknown) => String(form.values?.[name] ?? given ?? '')
  const chosen = Number(value('coins', amount ?? amountsFor(coins).at(-2) ?? 1)) || 0
  const [to, post] = [value('handle', handle), value('postId', postId)]
  const address = (n: number) =>
    `/coins/tips/new?${new URLSearchParams({ handle: to, ...(post && { post }), coins: String(n) })}`
  return (
    <Form action="/coins/tips" class="stack" live>
      <FormProblem {...form} />
      <input type="hidden" name="handle" value={to} />
      <input type="hidden" name="postId" value={post} />
      <input type="hidden" name="idempotencyKey" value={value('idempotencyKey', crypto.randomUUID())} />
      <Amounts coins={coins} chosen={chosen} address={address} />
      <Field
        label={t('Coins')}
        name="coins"
        type="number"
        min={1}
        max={1_000_000}
        inputmode="numeric"
        value={chosen}
        required
        hint={t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: coins })}
        {...form}
      />
      <Left coins={coins} chosen={chosen} />
      <Field label={t('Message')} name="note" maxlength={200} autocomplete="off" hint={t('Optional.')} {...form} />
      <button class="button primary">{t('Send tip')}</button>
    </Form>
  )
}

type PageProps = { user: UserJson; postId?: number | undefined; amount?: number | undefined }

export function TipPage({ user, postId, amount }: PageProps) {
  const { t, coins } = useFrame()
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
        {coins ? <TipForm handle={user.handle} postId={postId} amount={amount} /> : <ShortOf price={amount ?? 1} />}
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
