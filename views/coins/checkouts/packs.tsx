import type { PackJson, ProviderName } from '../../../shapes/checkouts'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { AgeField } from '../../parts/age'
import { Empty } from '../../parts/empty'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { moneyText } from '../../parts/money'
import type { Translate } from '../../words'

type Props = { packs: PackJson[] }

/** One form for each way to pay a pack, so that no two of them share an idempotency key. */
export function PacksForm({ packs, ...form }: FormProps & Props) {
  const { t, refundText } = useFrame()
  return (
    <div class="stack">
      <FormProblem {...form} />
      {refundText && <p class="hint pre">{refundText}</p>}
      <ul class="packs">
        {packs.map((pack) => (
          <li>{waysOf(pack) > 1 || pack.transfer ? <ChooseWay pack={pack} /> : <PackButton pack={pack} t={t} />}</li>
        ))}
      </ul>
    </div>
  )
}

const waysOf = ({ providers, transfer }: PackJson) => providers.length + Number(transfer)

const coinsText = ({ coins }: PackJson, t: Translate) => t({ one: '{n} coin', other: '{n} coins' }, { n: coins })

function Fields({ pack, provider }: { pack: PackJson; provider?: ProviderName }) {
  return (
    <>
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <input type="hidden" name="pack" value={pack.id} />
      {provider && <input type="hidden" name="provider" value={provider} />}
      <AgeField />
    </>
  )
}

const PackButton = ({ pack, t }: { pack: PackJson; t: Translate }) => (
  <Form action="/coins/checkouts">
    <Fields pack={pack} />
    <button class="pack">
      <strong>{coinsText(pack, t)}</strong>
      <span>{moneyText(pack, t.locale)}</span>
    </button>
  </Form>
)

const providerText = (provider: ProviderName, t: Translate) =>
  ({ stripe: t('Card (Stripe)'), toss: t('Card, easy pay or virtual account (Toss Payments)') })[provider]

function ChooseWay({ pack }: { pack: PackJson }) {
  const t = useT()
  return (
    <div class="pack choice">
      <strong>{coinsText(pack, t)}</strong>
      <span>{moneyText(pack, t.locale)}</span>
      {pack.providers.map((provider) => (
        <Form action="/coins/checkouts">
          <Fields pack={pack} provider={provider} />
          <button class="button small wide">{providerText(provider, t)}</button>
        </Form>
      ))}
      {pack.transfer && (
        <a class="button small wide" href={`/coins/topups?pack=${pack.id}`}>
          {t('Bank transfer')}
        </a>
      )}
    </div>
  )
}

function BuyCoins({ packs }: Props) {
  const t = useT()
  return packs.length ? (
    <section class="panel" aria-label={t('Buy coins')}>
      <PacksForm packs={packs} />
    </section>
  ) : null
}

export function PacksPage({ packs }: Props) {
  const t = useT()
  return (
    <Layout title={t('Buy coins')} back="/coins">
      {packs.length ? (
        <BuyCoins packs={packs} />
      ) : (
        <Empty icon="coins" text={t('Coins are not for sale here.')}>
          <a class="button" href="/coins">
            {t('Wallet')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}
