import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { settingChoices, settingNames } from './setting-names'

/** Settings of sales, gifts, tips and payouts. */
export function DealFields({ settings, ...form }: FormProps & { settings: Settings }) {
  const t = useT()
  const [names, choices] = [settingNames(t), settingChoices(t)]
  const number = (
    name: 'feePercent' | 'refundDays' | 'payoutHoldDays' | 'payoutMinCoins',
    min: number,
    max: number,
    hint?: string,
  ) => (
    <Field
      label={names[name]}
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
        {number('feePercent', 0, 50, t('The share of sales, gifts and tips that the community keeps, rounded down.'))}
        {number('refundDays', 0, 365, t('How long a creator or an administrator can refund a sale.'))}
        <TextArea
          label={names.refundText}
          name="refundText"
          value={settings.refundText}
          rows={2}
          maxlength={500}
          hint={t('Buyers read this before they buy, such as that an opened post is not refunded.')}
          {...form}
        />
        <Choice
          label={names.undo}
          name="undo"
          value={settings.undo}
          options={choices.undo}
          hint={t('Buyers can undo for ten seconds, during which the post is not shown.')}
          {...form}
        />
        <Field
          label={names.buyerAge}
          name="buyerAge"
          type="number"
          min={1}
          max={99}
          value={settings.buyerAge}
          hint={t('Buyers confirm once that they are this old. Leave it empty to ask nobody.')}
          {...form}
        />
        <Choice
          label={names.payouts}
          name="payouts"
          value={settings.payouts}
          options={choices.payouts}
          hint={t('Whether members can request a payout of the coins that they earned.')}
          {...form}
        />
        {number(
          'payoutHoldDays',
          0,
          365,
          t('How long earned coins must wait before they can be paid out, in case a sale is refunded.'),
        )}
        {number('payoutMinCoins', 1, 1_000_000)}
      </div>
    </details>
  )
}
