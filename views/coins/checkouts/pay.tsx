import type { CheckoutJson } from '../../../shapes/checkouts'
import { useFrame } from '../../frame'
import { Layout } from '../../layout'
import { moneyText } from '../../parts/money'

type Window = { script: string; clientKey: string; reference: string; title: string; address: string }

/**
 * The page on which the provider's window opens. It may load scripts of the provider, so nothing else is on it, and the
 * script of ours reads everything from `data-`.
 */
export function PayPage({ checkout, window }: { checkout: CheckoutJson; window: Window }) {
  const { t, assetUrl } = useFrame()
  const { id, coins, amount } = checkout
  const methods = [
    ['CARD', t('Card or easy pay')],
    ['TRANSFER', t('Account transfer')],
    ['VIRTUAL_ACCOUNT', t('Virtual account')],
  ] as const
  return (
    <Layout title={t('Payment')} back={`/coins/checkouts/${id}`}>
      <section
        class="checkout"
        id="pay"
        data-client-key={window.clientKey}
        data-order-id={window.reference}
        data-order-name={window.title}
        data-amount={amount}
        data-success-url={`${window.address}/return`}
        data-fail-url={`${window.address}/return`}
        data-broken={t('The payment window could not be opened. Please try again.')}
      >
        <h2>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</h2>
        <p>{moneyText(checkout, t.locale)}</p>
        {methods.map(([method, name], at) => (
          <button type="button" class={at ? 'button wide' : 'button primary wide'} data-pay={method}>
            {name}
          </button>
        ))}
        <p class="hint">{t('With a virtual account you transfer the money yourself, within 24 hours.')}</p>
        <noscript>
          <p>{t('This way to pay needs JavaScript, which is turned off in this browser.')}</p>
        </noscript>
        <a class="button quiet" href="/coins/packs">
          {t('Choose another way to pay')}
        </a>
      </section>
      <script src={window.script} />
      <script type="module" src={assetUrl('pay.js')} />
    </Layout>
  )
}
