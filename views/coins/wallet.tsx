import type { PackJson } from '../../shapes/checkouts'
import type { EntryJson, WalletJson } from '../../shapes/coins'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Place } from '../parts/place'
import { Day, dayKey } from '../parts/time'
import { numberText, signedText } from '../words/format'
import { PacksForm } from './checkouts/packs'
import { kindName } from './kinds'
import { RedeemForm } from './redeem'

type List = {
  entries: EntryJson[]
  next: string | null
  /** The time of the last entry on the previous page, whose day already has a heading. */
  after?: string | undefined
}

/** A page of the statement, with a heading for each day. */
export function EntriesPart({ entries, next, after }: List) {
  const days = [after, ...entries.map(({ at }) => at)].map((at) => at && dayKey(at))
  return (
    <>
      {entries.map((entry, at) => (
        <>
          {days[at + 1] !== days[at] && (
            <h3 class="day">
              <Day at={entry.at} />
            </h3>
          )}
          <Entry entry={entry} />
        </>
      ))}
      <More next={next} />
    </>
  )
}

function Entry({ entry: { kind, coins, note, balanceAfter, postId, handle } }: { entry: EntryJson }) {
  const { t } = useFrame()
  const name = kindName(kind, coins, t)
  return (
    <div class={coins > 0 ? 'entry in' : 'entry out'}>
      <span class="what">
        {postId ? <a href={`/posts/${postId}`}>{name}</a> : <span>{name}</span>}
        {handle && (
          <a class="hint" href={`/users/${handle}`}>
            <bdi>@{handle}</bdi>
          </a>
        )}
        {note && kind !== 'fee' && <span class="hint">{note}</span>}
      </span>
      <strong>
        <span aria-hidden="true">{signedText(coins, t.locale)}</span>
        <span class="unseen">{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</span>
      </strong>
      <span class="hint">
        <span aria-hidden="true">{numberText(balanceAfter, t.locale)}</span>
        <span class="unseen">{t({ one: 'Balance: {n} coin', other: 'Balance: {n} coins' }, { n: balanceAfter })}</span>
      </span>
    </div>
  )
}

function Balance({ wallet: { balance, earned, reserved } }: { wallet: WalletJson }) {
  const t = useT()
  return (
    <div class="balance">
      <p>
        <span class="unseen">{t('Balance')} </span>
        <strong data-count="balance">{numberText(balance, t.locale)}</strong>{' '}
        {t({ one: 'coin', other: 'coins' }, { n: balance })}
      </p>
      {(earned > 0 || reserved > 0) && (
        <dl class="beside">
          <div>
            <dt>{t('Earned')}</dt>
            <dd>{numberText(earned, t.locale)}</dd>
          </div>
          {reserved > 0 && (
            <div>
              <dt>{t('Reserved for a payout')}</dt>
              <dd>{numberText(reserved, t.locale)}</dd>
            </div>
          )}
        </dl>
      )}
    </div>
  )
}

/** The ways to get coins. Each button opens a form below; the link on a printed voucher opens the one for vouchers. */
function Ways({ packs, code }: { packs: PackJson[]; code?: string | undefined }) {
  const t = useT()
  return (
    <div class="ways">
      <details class="way" name="way" open={code !== undefined}>
        <summary class="button">
          <Icon name="ticket" size={20} /> {t('Redeem a voucher')}
        </summary>
        <div class="sheet">
          <RedeemForm code={code} />
        </div>
      </details>
      {packs.length > 0 && (
        <details class="way" name="way">
          <summary class="button">
            <Icon name="coins" size={20} /> {t('Buy coins')}
          </summary>
          <div class="sheet">
            <PacksForm packs={packs} />
          </div>
        </details>
      )}
    </div>
  )
}

function Places({ payouts }: { payouts: boolean }) {
  const t = useT()
  return (
    <ul class="places">
      <Place href="/coins/topups" icon="hand-coins" text={t('Bank transfer or cash? Request your coins')} />
      <Place href="/coins/earnings" icon="coins" text={t('Earnings')} />
      {payouts && <Place href="/coins/payouts" icon="banknote" text={t('Payouts')} />}
      <Place href="/coins/statements" icon="list-checks" text={t('Monthly statements')} />
    </ul>
  )
}

type Props = List & {
  wallet: WalletJson
  /** Whether the community pays out earned coins. */
  payouts: boolean
  packs: PackJson[]
  /** The code of a printed voucher. */
  code?: string | undefined
}

export function WalletPage({ wallet, payouts, packs, code, ...list }: Props) {
  const t = useT()
  return (
    <Layout title={t('Wallet')}>
      <section class="wallet">
        <Balance wallet={wallet} />
        <Ways packs={packs} code={code} />
        <Places payouts={payouts} />
      </section>
      {list.entries.length ? (
        <section class="statement" aria-labelledby="statement">
          <h2 id="statement">{t('Statement')}</h2>
          <EntriesPart {...list} />
        </section>
      ) : (
        <Empty
          icon="coins"
          text={t('You have not received or spent any coins yet. Redeem a voucher to get started.')}
        />
      )}
    </Layout>
  )
}
