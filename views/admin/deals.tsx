import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
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
        <TextArea
          label={t('Text on refunds')}
          name="refundText"
          value={settings.refundText}
          rows={2}
          maxlength={500}
          hint={t('Buyers read this before they buy, such as that an opened post is not refunded.')}
          {...form}
        />
        <Choice
          label={t('Undo purchases')}
          name="undo"
          value={settings.undo}
          options={{ off: t('Off'), on: t('On') }}
          hint={t('Buyers can undo for ten seconds, during which the post is not shown.')}
          {...form}
        />
        <Field
          label={t('Age of buyers of coins')}
          name="buyerAge"
          type="number"
          min={1}
          max={99}
          value={settings.buyerAge}
          hint={t('Buyers confirm once that they are this old. Leave it empty to ask nobody.')}
          {...form}
        />
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
