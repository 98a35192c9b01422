import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field, TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'

/** The account to which members transfer money for coins. */
export function BankFields({ bank, ...form }: FormProps & { bank: Settings['bank'] }) {
  const t = useT()
  return (
    <details class="limits">
      <summary class="button">{t('Bank transfer')}</summary>
      <div class="stack">
        <Field label={t('Bank')} name="bank.bank" value={bank.bank} maxlength={60} {...form} />
        <Field
          label={t('Account number')}
          name="bank.account"
          value={bank.account}
          maxlength={60}
          hint={t('Members can pay by bank transfer once there is an account number.')}
          {...form}
        />
        <Field label={t('Account holder')} name="bank.holder" value={bank.holder} maxlength={100} {...form} />
        <TextArea
          label={t('Instructions')}
          name="bank.note"
          value={bank.note}
          rows={3}
          maxlength={1000}
          hint={t('Shown with the account, such as when you look for transfers and how you refund.')}
          {...form}
        />
      </div>
    </details>
  )
}
