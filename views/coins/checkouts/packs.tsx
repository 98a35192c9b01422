import type { PackJson } from '../../../shapes/checkouts'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { moneyText } from '../../parts/money'

type Props = { packs: PackJson[] }

/** One form per pack, so that no two packs share an idempotency key. */
export function PacksForm({ packs, ...form }: FormProps & Props) {
  const t = useT()
  return (
    <div class="stack">
      <FormProblem {...form} />
      <ul class="packs">
        {packs.map((pack) => (
          <li>
            <Form action="/coins/checkouts">
              <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
              <input type="hidden" name="pack" value={pack.id} />
              <button class="pack">
                <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: pack.coins })}</strong>
                <span>{moneyText(pack, t.locale)}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
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
