import type { RefundablePurchaseJson, RefundRequestJson } from '../../../shapes/refunds'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Act, Form } from '../../parts/form'
import { More } from '../../parts/more'
import { dayInSentence, dayText } from '../../parts/time'
import type { Translate } from '../../words'

type List = { requests: RefundRequestJson[]; next: string | null }
/** Whether the reader may decide, and does so on the staff desk. */
type Reading = { decides?: boolean; desk?: boolean }

export const RequestsPart = ({ requests, next, ...reading }: List & Reading) => (
  <>
    {requests.map((request) => (
      <RequestRow request={request} {...reading} />
    ))}
    <More next={next} />
  </>
)

const statusText = (status: RefundRequestJson['status'], t: Translate) =>
  ({ asked: t('Waiting'), refunded: t('Refunded'), refused: t('Refused'), withdrawn: t('Withdrawn') })[status]

function RequestRow({ request, decides, desk }: { request: RefundRequestJson } & Reading) {
  const t = useT()
  const { id, at, status, reason, answer, postId, caption, coins, buyer } = request
  return (
    <div class="job" id={`refund-${id}`}>
      <div class="what">
        <a class="clamped" href={`/posts/${postId}`}>
          {caption || t('Post {n}', { n: postId })}
        </a>
        <p>{reason}</p>
        {answer && <p class="answer">{answer}</p>}
        <span class="hint">
          {decides && (
            <>
              <a href={`/users/${buyer}`}>
                <bdi>@{buyer}</bdi>
              </a>
              {' · '}
            </>
          )}
          {t({ one: '{n} coin', other: '{n} coins' }, { n: coins })} · {dayText(at, t.locale)}
        </span>
      </div>
      <div class="state">
        <span class={`badge ${status}`}>{statusText(status, t)}</span>
      </div>
      {status === 'asked' && decides && <Decision id={id} {...(desk && { desk })} />}
      {status === 'asked' && !decides && (
        <Act action={`/coins/refunds/${id}`} method="delete" button="button small">
          {t('Withdraw')}
        </Act>
      )}
    </div>
  )
}

function Decision({ id, desk }: { id: number; desk?: boolean }) {
  const t = useT()
  return (
    <Form action={`/coins/refunds/${id}${desk ? '?at=desk' : ''}`} method="patch" class="decision">
      <input
        name="note"
        maxlength={200}
        placeholder={t('Note to the member')}
        aria-label={t('Note to the member')}
        autocomplete="off"
      />
      <button class="button primary" name="status" value="refunded">
        {t('Refund')}
      </button>
      <button class="button" name="status" value="refused">
        {t('Refuse')}
      </button>
    </Form>
  )
}

/** Requests about the reader's own posts. */
export function RefundsPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Refund requests')} back="/coins/earnings">
      {list.requests.length ? (
        <section class="dense">
          <RequestsPart {...list} decides />
        </section>
      ) : (
        <Empty icon="undo-2" text={t('Nobody has asked for a refund.')} />
      )}
    </Layout>
  )
}

type Mine = List & { purchases: RefundablePurchaseJson[]; terms: string }

/** What the reader bought lately, each with a form that asks for a refund, and what they asked for before. */
export function MyRefundsPage({ purchases, terms, ...list }: Mine) {
  const t = useT()
  return (
    <Layout title={t('Refunds')} back="/library">
      {terms && <p class="lead pre">{terms}</p>}
      {purchases.length > 0 && (
        <section class="dense" aria-label={t('Ask for a refund')}>
          {purchases.map((purchase) => (
            <Purchase purchase={purchase} />
          ))}
        </section>
      )}
      {list.requests.length > 0 && (
        <section class="dense" aria-labelledby="requests">
          <h2 id="requests">{t('My requests')}</h2>
          <RequestsPart {...list} />
        </section>
      )}
      {!purchases.length && !list.requests.length && (
        <Empty icon="undo-2" text={t('You have bought nothing lately that can be refunded.')} />
      )}
    </Layout>
  )
}

function Purchase({ purchase: { postId, caption, coins, seller, until } }: { purchase: RefundablePurchaseJson }) {
  const t = useT()
  return (
    <div class="job">
      <div class="what">
        <a class="clamped" href={`/posts/${postId}`}>
          {caption || t('Post {n}', { n: postId })}
        </a>
        <span class="hint">
          <bdi>@{seller}</bdi> · {t({ one: '{n} coin', other: '{n} coins' }, { n: coins })} ·{' '}
          {t('refundable until {day}', { day: dayInSentence(until, t.locale) })}
        </span>
      </div>
      <details class="confirm refund">
        <summary class="button small">{t('Ask for a refund')}</summary>
        <div class="sheet">
          <Form action={`/library/${postId}/requests`} class="stack">
            <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
            <label class="field">
              <span class="label">{t('Reason')}</span>
              <input name="reason" maxlength={500} required />
            </label>
            <button class="button primary">{t('Ask for a refund')}</button>
          </Form>
        </div>
      </details>
    </div>
  )
}
