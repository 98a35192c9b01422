import type { PackJson } from '../../src/coins/checkouts/json'
import type { EntryJson, WalletJson } from '../../src/coins/json'
import { type Frame, useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { dayText } from '../parts/time'
import { BuyCoins } from './checkouts/packs'
import { RedeemForm } from './redeem'

type List = {
  entries: EntryJson[]
  next: string | null
  /** The time of the last one of the page before: its day has its heading already. */
  after?: string | undefined
}

/** The statement, by day. */
export function EntriesPart({ entries, next, after }: List) {
  const { t } = useFrame()
  const days = [after, ...entries.map(({ at }) => at)].map((at) => at && dayText(at, t.locale))
  return (
    <>
      {entries.map((entry, at) => (
        <>
          {days[at + 1] !== days[at] && <h2 class="day">{days[at + 1]}</h2>}
          <Entry entry={entry} />
        </>
      ))}
      <More next={next} />
    </>
  )
}

function Entry({ entry: { kind, coins, note, balanceAfter, postId } }: { entry: EntryJson }) {
  const { t } = useFrame()
  const name = entryName(kind, t)
  return (
    <div class={coins > 0 ? 'entry in' : 'entry out'}>
      <span class="what">
        {postId ? <a href={`/posts/${postId}`}>{name}</a> : <span>{name}</span>}
        {note && <span class="hint">{note}</span>}
      </span>
      <strong>{signed(coins, t.locale)}</strong>
      <span class="hint">{balanceAfter.toLocaleString(t.locale)}</span>
    </div>
  )
}

const signed = (coins: number, locale: string) => coins.toLocaleString(locale, { signDisplay: 'always' })

function entryName(kind: EntryJson['kind'], t: Frame['t']): string {
  const names: Record<EntryJson['kind'], string> = {
    grant: t('Granted'),
    voucher: t('Voucher'),
    topup: t('Top-up'),
    checkout: t('Bought coins'),
    purchase: t('Bought a post'),
    sale: t('Sold a post'),
    fee: t('Fee'),
    tip: t('Tip'),
    gift: t('Gift'),
    refund: t('Refund'),
    reversal: t('Taken back'),
    payout: t('Payout'),
    forfeit: t('Given up'),
    correction: t('Correction'),
  }
  return names[kind]
}

type Props = List & {
  wallet: WalletJson
  packs: PackJson[]
  /** Of a printed voucher. */
  code?: string | undefined
}

export function WalletPage({ wallet, packs, code, ...list }: Props) {
  const t = useT()
  return (
    <Layout title={t('Wallet')}>
      <section class="wallet">
        <p class="balance">
          <strong>{wallet.balance.toLocaleString(t.locale)}</strong> {t({ one: 'coin', other: 'coins' }, { n: wallet.balance })}
        </p>
        {wallet.earned > 0 && <p class="hint">{t('{n} of them earned by selling', { n: wallet.earned })}</p>}
      </section>
      <BuyCoins packs={packs} />
      <section class="panel">
        <RedeemForm code={code} />
        <p class="aside">
          <a href="/coins/topups">{t('Paid in cash? Ask for your coins')}</a>
        </p>
      </section>
      {list.entries.length ? (
        <section class="statement" aria-label={t('Statement')}>
          <EntriesPart {...list} />
        </section>
      ) : (
        <Empty icon="coins" text={t('No coins have come or gone yet. A voucher brings the first ones.')} />
      )}
    </Layout>
  )
}
