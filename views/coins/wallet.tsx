import type { EntryJson, WalletJson } from '../../src/coins/json'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { dayText } from '../parts/time'
import { kindText } from './kind'
import { RedeemForm } from './redeem'

type List = { entries: EntryJson[]; next: string | null }

export const EntriesPart = ({ entries, next }: List) => (
  <>
    {entries.map((entry) => (
      <Entry entry={entry} />
    ))}
    <More next={next} />
  </>
)

function Entry({ entry: { kind, coins, at, note, balanceAfter } }: { entry: EntryJson }) {
  const t = useT()
  return (
    <div class="entry row">
      <span class="what">
        <strong>{kindText(kind, t)}</strong>
        <span class="hint">
          {note && `${note} · `}
          {dayText(at, t.locale)}
        </span>
      </span>
      <span class="amount">
        <strong>{coins.toLocaleString(t.locale, { signDisplay: 'exceptZero' })}</strong>
        <span class="hint">{balanceAfter.toLocaleString(t.locale)}</span>
      </span>
    </div>
  )
}

export function WalletPage({ wallet, ...list }: List & { wallet: WalletJson }) {
  const t = useT()
  return (
    <Layout title={t('Wallet')}>
      <p class="balance">{t({ one: '{n} coin', other: '{n} coins' }, { n: wallet.balance })}</p>
      <section class="panel">
        <RedeemForm />
      </section>
      {list.entries.length ? (
        <div class="rows">
          <EntriesPart {...list} />
        </div>
      ) : (
        <Empty icon="inbox" text={t('No coins have come or gone yet.')} />
      )}
    </Layout>
  )
}
