import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'

/** Settings of sales, gifts, tips and payouts. */
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
          t('Fee in percent'),
          0,
          50,
          t('The share of sales, gifts and tips that the community keeps, rounded down.'),
        )}
        {number(
          'refundDays',
          t('Refund period in days'),
          0,
          365,
          t('How long a creator or an administrator can refund a sale.'),
        )}
        <Choice
          label={t('Payouts')}
          name="payouts"
          value={settings.payouts}
          options={{ off: t('Off'), on: t('On') }}
          hint={t('Whether members can request a payout of the coins that they earned.')}
          {...form}
        />
        {number(
          'payoutHoldDays',
          t('Waiting period before payouts in days'),
          0,
          365,
          t('How long earned coins must wait before they can be paid out, in case a sale is refunded.'),
        )}
        {number('payoutMinCoins', t('Smallest payout in coins'), 1, 1_000_000)}
      </div>
    </details>
  )
}
