import { useT } from '../frame'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Proof } from '../parts/proof'

export function DeleteAccountForm({ atStake, graceDays, ...form }: FormProps & { atStake: number; graceDays: number }) {
  const t = useT()
  return (
    <Form action="/users/account" method="delete" class="stack">
      <FormProblem {...form} />
      {graceDays > 0 && <Grace days={graceDays} />}
      <Proof label={t('Enter your password to confirm')} {...form} />
      {atStake > 0 && <GiveUp coins={atStake} />}
      <button class="button danger filled">{t('Delete my account')}</button>
    </Form>
  )
}

/** Says that the account is only hidden at first. */
function Grace({ days }: { days: number }) {
  const t = useT()
  return (
    <>
      <p>
        {t(
          {
            one: 'It is hidden at once and erased after {n} day. Until then you can come back by signing in.',
            other: 'It is hidden at once and erased after {n} days. Until then you can come back by signing in.',
          },
          { n: days },
        )}
      </p>
      <p class="buttons">
        <a class="button" href="/users/account/exports">
          {t('Take my data along first')}
        </a>
      </p>
      <label class="switch">
        <input type="checkbox" name="immediately" />
        <span>{t('Erase everything now. I will not come back.')}</span>
      </label>
    </>
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
