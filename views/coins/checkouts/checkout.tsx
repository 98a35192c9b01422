import type { PropsWithChildren } from 'hono/jsx'
import type { CheckoutJson } from '../../../shapes/checkouts'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Account } from '../../parts/account'
import { Icon } from '../../parts/icon'
import type { IconName } from '../../parts/icons'
import { moneyText } from '../../parts/money'
import { timeInSentence } from '../../parts/time'

type Props = { checkout: CheckoutJson }

/** The state of a payment. It refreshes itself as long as the payment is pending. */
export function CheckoutPart({ checkout }: Props) {
  const { id, status } = checkout
  const polling = status === 'pending' && {
    'hx-get': `/coins/checkouts/${id}`,
    'hx-trigger': 'every 2s',
    'hx-swap': 'outerHTML',
  }
  const state = { pending: Pending, paid: Paid, failed: Failed, refunded: Refunded }[status]
  return (
    <div class="checkout" id="checkout" role="status" {...polling}>
      {state({ checkout })}
    </div>
  )
}

function Pending({ checkout }: Props) {
  const t = useT()
  const { coins, url, id, deposit } = checkout
  if (deposit) return <Waiting checkout={checkout} deposit={deposit} />
  return (
    <State
      icon="wallet"
      title={t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}
      text={t('You will get the coins once the payment is confirmed. You can leave this page.')}
    >
      {url && (
        <a class="button primary wide" href={url}>
          {t('Pay {price}', { price: moneyText(checkout, t.locale) })}
        </a>
      )}
      <a class="button quiet" href={`/coins/checkouts/${id}`}>
        {t('Check again')}
      </a>
    </State>
  )
}

/** A bank account waits for the money. */
function Waiting({ checkout, deposit }: Props & { deposit: NonNullable<CheckoutJson['deposit']> }) {
  const t = useT()
  const { bank, account, holder, until } = deposit
  return (
    <State
      icon="wallet"
      title={t('Transfer {price}', { price: moneyText(checkout, t.locale) })}
      text={t('Transfer exactly this amount. You get the coins as soon as it has arrived.')}
    >
      <Account bank={bank} account={account} holder={holder} />
      {until && <p>{t('By {time}', { time: timeInSentence(until, t.locale) })}</p>}
      <a class="button quiet" href={`/coins/checkouts/${checkout.id}`}>
        {t('Check again')}
      </a>
    </State>
  )
}

function Paid({ checkout }: Props) {
  const t = useT()
  const { coins, takenBack, refunded } = checkout
  const text = takenBack
    ? t('{price} was refunded or disputed, so {n} coins were taken back.', {
        price: moneyText({ ...checkout, amount: refunded }, t.locale),
        n: takenBack,
      })
    : t('Paid: {price}', { price: moneyText(checkout, t.locale) })
  return (
    <State
      icon="check"
      title={t({ one: 'You got {n} coin.', other: 'You got {n} coins.' }, { n: coins - takenBack })}
      text={text}
    >
      <ToWallet primary />
    </State>
  )
}

function Failed() {
  const t = useT()
  return (
    <State
      icon="triangle-alert"
      title={t('Payment not completed')}
      text={t('The payment was cancelled or declined, or has expired. You were not charged.')}
    >
      <ToWallet />
    </State>
  )
}

function Refunded({ checkout }: Props) {
  const t = useT()
  return (
    <State
      icon="undo-2"
      title={t('Refunded')}
      text={t('{price} was refunded or disputed, so {n} coins were taken back.', {
        price: moneyText(checkout, t.locale),
        n: checkout.takenBack,
      })}
    >
      <ToWallet />
    </State>
  )
}

function State({ icon, title, text, children }: PropsWithChildren<{ icon: IconName; title: string; text: string }>) {
  return (
    <>
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </>
  )
}

function ToWallet({ primary }: { primary?: boolean }) {
  const t = useT()
  return (
    <a class={primary ? 'button primary' : 'button'} href="/coins">
      {t('Go to the wallet')}
    </a>
  )
}

export function CheckoutPage({ checkout }: Props) {
  const t = useT()
  return (
    <Layout title={t('Payment')} back="/coins">
      <CheckoutPart checkout={checkout} />
    </Layout>
  )
}
