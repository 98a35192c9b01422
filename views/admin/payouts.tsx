import type { DeskPayoutJson } from '../../shapes/payouts'
import { payoutStatus } from '../coins/payouts/list'
import { useFrame, useT } from '../frame'
import { CopyButton } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Form } from '../parts/form'
import { More } from '../parts/more'
import { dayText } from '../parts/time'
import { Desk } from './desk'
import { Filter } from './filter'

type List = { payouts: DeskPayoutJson[]; next: string | null }

export const DeskPayoutsPart = ({ payouts, next }: List) => (
  <>
    {payouts.map((payout) => (
      <PayoutRow payout={payout} />
    ))}
    <More next={next} />
  </>
)

function PayoutRow({ payout }: { payout: DeskPayoutJson }) {
  const t = useT()
  const { id, user, coins, status, at, note, decidedBy } = payout
  return (
    <div class={`job payout ${status}`} id={`payout-${id}`}>
      <div class="what">
        <span>
          <a href={`/users/${user.handle}`}>
            <bdi>@{user.handle}</bdi>
          </a>{' '}
          <strong class="number">{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>
        </span>
        <span class="hint">
          #{id} · {dayText(at, t.locale)}
          {decidedBy && ` · @${decidedBy}`}
          {note && ` · ${note}`}
        </span>
        {payout.account && (
          <span class="number">
            {payout.bank} {payout.account} {payout.holder} <CopyButton text={payout.account} small />
          </span>
        )}
      </div>
      {status === 'asked' ? <Decision id={id} /> : <span class={`badge ${status}`}>{payoutStatus(status, t)}</span>}
    </div>
  )
}

/** A note and two submit buttons. Pressing Enter in the note uses the first one, which marks the payout as paid. */
function Decision({ id }: { id: number }) {
  const t = useT()
  return (
    <Form action={`/admin/payouts/${id}`} method="patch" class="decision">
      <input
        name="note"
        maxlength={200}
        aria-label={t('Note to the member')}
        placeholder={t('Note to the member')}
        autocomplete="off"
      />
      <button class="button primary" name="status" value="paid">
        {t('Mark as paid')}
      </button>
      <button class="button" name="status" value="refused">
        {t('Refuse')}
      </button>
    </Form>
  )
}

export function DeskPayoutsPage({ status, isOn, ...list }: List & { status: string | undefined; isOn: boolean }) {
  const { t } = useFrame()
  const filters = [
    ['', t('All')],
    ['asked', t('Waiting')],
    ['paid', t('Paid out')],
    ['refused', t('Refused')],
  ] as const
  return (
    <Desk title={t('Payouts')}>
      {!isOn && (
        <p class="lead hint">
          {t('Payouts are turned off.')} <a href="/admin/settings">{t('Settings')}</a>
        </p>
      )}
      <div class="bar-of">
        <Filter
          label={t('Payout status')}
          choices={filters.map(([value, name]) => ({
            href: value ? `/admin/payouts?status=${value}` : '/admin/payouts',
            name,
            here: (status ?? '') === value,
          }))}
        />
        <div class="buttons">
          <a class="button small" href="/admin/payouts/bank.csv" download>
            {t('Download for the bank')}
          </a>
          <a class="button small" href="/admin/payouts/all.csv" download>
            {t('Download')}
          </a>
        </div>
      </div>
      {list.payouts.length ? (
        <div class="dense">
          <DeskPayoutsPart {...list} />
        </div>
      ) : (
        <Empty icon="wallet" text={t('There are no payout requests.')} />
      )}
    </Desk>
  )
}
