import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field, TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { settingNames } from './setting-names'

/** The account to which members transfer money for coins. */
export function BankFields({ bank, ...form }: FormProps & { bank: Settings['bank'] }) {
  const t = useT()
  const names = settingNames(t)
  return (
    <details class="limits">
      <summary class="button">{names.bank}</summary>
      <div class="stack">
        <Field label={names['bank.bank']} name="bank.bank" value={bank.bank} maxlength={60} {...form} />
        <Field
          label={names['bank.account']}
          name="bank.account"
          value={bank.account}
          maxlength={60}
          hint={t('Members can pay by bank transfer once there is an account number.')}
          {...form}
        />
        <Field label={names['bank.holder']} name="bank.holder" value={bank.holder} maxlength={100} {...form} />
        <TextArea
          label={names['bank.note']}
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
