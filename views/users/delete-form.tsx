import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

export function DeleteAccountForm({
  account,
  atStake,
  ...form
}: FormProps & { account: AccountJson; atStake: number }) {
  const t = useT()
  return (
    <Form action="/users/account" method="delete" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="handle" value={account.handle} autocomplete="username" />
      <Field
        label={t('Enter your password to confirm')}
        name="password"
        type="password"
        autocomplete="current-password"
        required
        {...form}
      />
      {atStake > 0 && <GiveUp coins={atStake} />}
      <button class="button danger filled">{t('Delete permanently')}</button>
    </Form>
  )
}

function GiveUp({ coins }: { coins: number }) {
  const t = useT()
  return (
    <>
      <p>
        {t(
          {
            one: 'You still have {n} coin. It will be lost with your account.',
            other: 'You still have {n} coins. They will be lost with your account.',
          },
          { n: coins },
        )}{' '}
        {t('Pending payouts will be cancelled.')}
      </p>
      <label class="switch">
        <input type="checkbox" name="forfeit" required />
        <span>{t({ one: 'I give up {n} coin.', other: 'I give up {n} coins.' }, { n: coins })}</span>
      </label>
    </>
  )
}
