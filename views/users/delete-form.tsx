import { useT } from '../frame'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Proof } from '../parts/proof'

export function DeleteAccountForm({ atStake, ...form }: FormProps & { atStake: number }) {
  const t = useT()
  return (
    <Form action="/users/account" method="delete" class="stack">
      <FormProblem {...form} />
      <Proof label={t('Enter your password to confirm')} {...form} />
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
