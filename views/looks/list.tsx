import { type LookJson, MOST_HOURS, MOST_TIMES } from '../../shapes/looks'
import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Confirm } from '../parts/confirm'
import { CopyLink } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Field, typed } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { dayInSentence } from '../parts/time'

/** Asks for how often or how long a guest may look, and says what it costs. */
export function LookForm({ post, ...form }: FormProps & { post: PostJson }) {
  const { t, coins } = useFrame()
  const price = post.viewer.own ? 0 : post.price
  const kind = typed(form, 'kind', 'times')
  const choice = (value: 'times' | 'hours', label: string, most: number, start: number) => (
    <div class="look-choice">
      <label class="radio">
        <input type="radio" name="kind" value={value} checked={kind === value} />
        <span>{label}</span>
      </label>
      <Field
        label={value === 'times' ? t('Number of looks') : t('Hours')}
        name={value}
        type="number"
        inputmode="numeric"
        min={1}
        max={most}
        value={start}
        {...form}
      />
    </div>
  )
  return (
    <Form action="/looks" class="stack">
      {!form.problem?.errors && <FormProblem {...form} />}
      <input type="hidden" name="postId" value={String(post.id)} />
      <input type="hidden" name="price" value={String(price)} />
      <input type="hidden" name="idempotencyKey" value={String(form.values?.idempotencyKey ?? crypto.randomUUID())} />
      {choice('times', t('A number of looks, an hour each'), MOST_TIMES, 1)}
      {choice('hours', t('One look of some hours'), MOST_HOURS, 24)}
      {price > 0 && (
        <p class="hint">{t({ one: 'You have {n} coin.', other: 'You have {n} coins.' }, { n: coins ?? 0 })}</p>
      )}
      <button class="button primary">
        {price > 0
          ? t({ one: 'Make the link · {n} coin', other: 'Make the link · {n} coins' }, { n: price })
          : t('Make the link')}
      </button>
    </Form>
  )
}

export function NewLookPage({ post }: { post: PostJson }) {
  const { t, hasCoins } = useFrame()
  const mayPay = hasCoins && post.price > 0 && post.visibility === 'everyone' && !post.author.private
  return (
    <Layout title={t('Give a look')} back={`/posts/${post.id}`}>
      <section class="panel">
        <p>
          {t(
            'Somebody without an account can see this one post by your link. It works in the browser that opens it first.',
          )}
        </p>
        {post.viewer.own || mayPay ? (
          <>
            <LookForm post={post} />
            <p class="hint">
              {post.viewer.own
                ? t('You can end the link at any time.')
                : t('You can end the link at any time. If nobody has opened it, you get your coins back.')}
            </p>
          </>
        ) : (
          <p class="hint">{t('Only its author can show this post to guests.')}</p>
        )}
      </section>
    </Layout>
  )
}

type Listed = LookJson & { caption: string }
type List = { looks: Listed[]; next: string | null }

function stateOf(look: Listed, t: ReturnType<typeof useT>): string {
  if (look.refunded) return t('Ended unopened; the coins came back')
  if (!look.open) return t('Ended')
  if (look.used === 0) return t('Not opened yet · waits until {day}', { day: dayInSentence(look.expiresAt, t.locale) })
  return look.times === null ? t('Opened') : t('{used} of {uses} looks', { used: look.used, uses: look.times })
}

function LookRow({ look }: { look: Listed }) {
  const { t, hasCoins } = useFrame()
  const question = !look.coins
    ? t('The link stops working, also for whoever has opened it.')
    : look.used
      ? t('Whoever has opened it sees the post no longer. Coins do not come back.')
      : t('Nobody has opened it, so you get your coins back.')
  return (
    <div class="invite" id={`look-${look.id}`}>
      <a href={`/posts/${look.postId}`}>
        <strong>{look.caption || t('Post')}</strong>
      </a>
      {look.open && <CopyLink url={look.url} label={t('Link for a guest')} />}
      <span class="hint">
        {stateOf(look, t)}
        {look.coins > 0 && hasCoins && ` · ${t({ one: '{n} coin', other: '{n} coins' }, { n: look.coins })}`}
      </span>
      {look.open && (
        <Confirm label={t('End the link')} class="button" question={question}>
          <Act action={`/looks/${look.id}`} method="delete" button="button danger filled">
            {t('End the link')}
          </Act>
        </Confirm>
      )}
    </div>
  )
}

export const LooksPart = ({ looks, next }: List) => (
  <>
    {looks.map((look) => (
      <LookRow look={look} />
    ))}
    <More next={next} />
  </>
)

export function LooksPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Links for guests')} back="/users/account">
      <p class="lead">{t('With the menu of a post you can show it to somebody without an account.')}</p>
      {list.looks.length ? (
        <div class="rows">
          <LooksPart {...list} />
        </div>
      ) : (
        <Empty icon="eye" text={t('You have made no links for guests.')} />
      )}
    </Layout>
  )
}
