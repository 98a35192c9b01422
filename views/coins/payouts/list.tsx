import type { AvailabilityJson, PayoutJson } from '../../../shapes/payouts'
import { type Frame, useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Field } from '../../parts/field'
import { Act, Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { More } from '../../parts/more'
import { dayText } from '../../parts/time'
import { numberText } from '../../words/format'

type List = { payouts: PayoutJson[]; next: string | null }

export function payoutStatus(status: PayoutJson['status'], t: Frame['t']): string {
  return { asked: t('Waiting for the staff'), paid: t('Paid out'), refused: t('Refused'), withdrawn: t('Withdrawn') }[
    status
  ]
}

export const PayoutsPart = ({ payouts, next }: List) => (
  <>
    {payouts.map((payout) => (
      <PayoutRow payout={payout} />
    ))}
    <More next={next} />
  </>
)

function PayoutRow({ payout: { id, coins, status, at, note } }: { payout: PayoutJson }) {
  const t = useT()
  return (
    <div class="job" id={`payout-${id}`}>
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>{' '}
        <span class="hint">{dayText(at, t.locale)}</span>
        {note && <p class="hint">{note}</p>}
      </div>
      <span class={`badge ${status}`}>{payoutStatus(status, t)}</span>
      {status === 'asked' && (
        <Act action={`/coins/payouts/${id}`} method="delete">
          {t('Withdraw')}
        </Act>
      )}
    </div>
  )
}

export function PayoutForm({
  availability: { available, least },
  ...form
}: FormProps & { availability: AvailabilityJson }) {
  const t = useT()
  return (
    <Form action="/coins/payouts" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="idempotencyKey" value={String(form.values?.idempotencyKey ?? crypto.randomUUID())} />
      <Field
        label={t('Coins')}
        name="coins"
        type="number"
        min={least}
        max={available}
        value={available}
        inputmode="numeric"
        required
        hint={t('Enter between {least} and {available} coins.', { least, available })}
        {...form}
      />
      <Field label={t('Bank')} name="bank" maxlength={60} {...form} />
      <Field
        label={t('Account number')}
        name="account"
        maxlength={60}
        inputmode="numeric"
        autocomplete="off"
        {...form}
      />
      <Field
        label={t('Account holder')}
        name="holder"
        maxlength={100}
        autocomplete="name"
        hint={t('Only administrators see the account, and it is deleted after the payout.')}
        {...form}
      />
      <button class="button primary">{t('Request a payout')}</button>
    </Form>
  )
}

function Asking({ availability }: { availability: AvailabilityJson }) {
  const { t } = useFrame()
  const { available, onHold, least, holdDays } = availability
  return (
    <>
      <dl class="figures">
        <div class="figure">
          <dt>{t('Available for payout')}</dt>
          <dd>{numberText(available, t.locale)}</dd>
        </div>
        <div class="figure">
          <dt>{t('Earned in the last {n} days', { n: holdDays })}</dt>
          <dd>{numberText(onHold, t.locale)}</dd>
        </div>
      </dl>
      {available >= least ? (
        <PayoutForm availability={availability} />
      ) : (
        <p class="hint">
          {t('You can request a payout of {least} coins or more from sales and tips that are at least {n} days old.', {
            least,
            n: holdDays,
          })}
        </p>
      )}
    </>
  )
}

export function PayoutsPage({ availability, ...list }: List & { availability: AvailabilityJson }) {
  const t = useT()
  const isOff = availability.payouts === 'off'
  return (
    <Layout title={t('Payouts')} back="/coins">
      {!isOff && (
        <section class="panel">
          <Asking availability={availability} />
        </section>
      )}
      {list.payouts.length ? (
        <section class="dense">
          <PayoutsPart {...list} />
        </section>
      ) : (
        <Empty
          icon="wallet"
          text={isOff ? t('There are no payouts here.') : t('You have not requested a payout yet.')}
        />
      )}
    </Layout>
  )
}
