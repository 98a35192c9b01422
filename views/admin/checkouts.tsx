import type { DeskCheckoutJson } from '../../shapes/checkouts'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { moneyText } from '../parts/money'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import type { Translate } from '../words'
import { Desk } from './desk'

type List = { checkouts: DeskCheckoutJson[]; next: string | null }

export const AdminCheckoutsPart = ({ checkouts, next }: List) => (
  <>
    {checkouts.map((checkout) => (
      <CheckoutRow checkout={checkout} />
    ))}
    <More next={next} />
  </>
)

const statusText = (status: DeskCheckoutJson['status'], t: Translate) =>
  ({ pending: t('Waiting'), paid: t('Paid'), failed: t('Not paid'), refunded: t('Refunded') })[status]

function CheckoutRow({ checkout }: { checkout: DeskCheckoutJson }) {
  const t = useT()
  const { id, handle, coins, status, createdAt, refunded, takenBack, paymentId } = checkout
  const price = moneyText(checkout, t.locale)
  return (
    <div class="job">
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong> · {price} ·{' '}
        <a href={`/users/${handle}`}>
          <bdi>@{handle}</bdi>
        </a>
        <span class="hint">
          {' '}
          #{id} · <Ago at={createdAt} />
        </span>
        {refunded > 0 && (
          <p class="reason">
            {t('{price} refunded or disputed, {n} coins taken back', {
              price: moneyText({ ...checkout, amount: refunded }, t.locale),
              n: takenBack,
            })}
          </p>
        )}
        {paymentId && <code class="payload">{paymentId}</code>}
      </div>
      <div class="state">
        <span class={`badge ${status}`}>{statusText(status, t)}</span>
      </div>
    </div>
  )
}

export function AdminCheckoutsPage(list: List) {
  const t = useT()
  return (
    <Desk title={t('Payments')}>
      {list.checkouts.length ? (
        <div class="dense">
          <AdminCheckoutsPart {...list} />
        </div>
      ) : (
        <Empty icon="wallet" text={t('Nobody has bought coins yet.')} />
      )}
    </Desk>
  )
}
