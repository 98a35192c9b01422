import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'

/** What becomes of coins that are sold, given and earned. */
export function DealFields({ settings, ...form }: FormProps & { settings: Settings }) {
  const t = useT()
  const number = (
    name: 'feePercent' | 'refundDays' | 'payoutHoldDays' | 'payoutMinCoins',
    label: string,
    min: number,
    max: number,
    hint?: string,
  ) => (
    <Field
      label={label}
      name={name}
      type="number"
      min={min}
      max={max}
      value={settings[name]}
      {...(hint && { hint })}
      {...form}
    />
  )
  return (
    <details class="limits">
      <summary class="button">{t('Sales and payouts')}</summary>
      <div class="stack">
        {number(
          'feePercent',
          t('Fee, percent'),
          0,
          50,
          t('What the house keeps of sales, gifts and tips, rounded down.'),
        )}
        {number('refundDays', t('Days for refunds'), 0, 365, t('So long a creator or the staff may take a sale back.'))}
        <Choice
          label={t('Payouts')}
          name="payouts"
          value={settings.payouts}
          options={{ off: t('Off'), on: t('On') }}
          hint={t('Whether people may ask to be paid for what they earned.')}
          {...form}
        />
        {number(
          'payoutHoldDays',
          t('Days until a payout'),
          0,
          365,
          t('What was earned waits so long, as it may be refunded.'),
        )}
        {number('payoutMinCoins', t('Smallest payout, coins'), 1, 1_000_000)}
      </div>
    </details>
  )
}
