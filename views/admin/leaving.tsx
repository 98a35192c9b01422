import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { dayInSentence } from '../parts/time'

type Stake = { handle: string; atStake?: number; graceDays?: number }

/** `atStake` and `graceDays` are known once the form was sent. */
export function DeleteForm({ handle, atStake = 0, graceDays = 1, ...form }: FormProps & Stake) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}`} method="delete" class="stack">
      <FormProblem {...form} />
      {atStake > 0 && (
        <label class="switch">
          <input type="checkbox" name="forfeit" required />
          <span>{t({ one: 'They lose {n} coin.', other: 'They lose {n} coins.' }, { n: atStake })}</span>
        </label>
      )}
      {graceDays > 0 && (
        <label class="switch">
          <input type="checkbox" name="immediately" />
          <span>{t('Erase everything now. Nobody can undo that.')}</span>
        </label>
      )}
      <button class="button danger filled">{t('Delete the account')}</button>
    </Form>
  )
}

/** A button for administrators that deletes the account of a profile. */
export function DeleteAccount({ account: { handle, displayName } }: { account: AccountJson }) {
  const t = useT()
  return (
    <Confirm
      label={t('Delete the account of {name}', { name: displayName })}
      question={t(
        'It is hidden at once and erased after some days. Until then they can come back by signing in, unless you suspend them. Buyers keep what they bought.',
      )}
    >
      <DeleteForm handle={handle} />
    </Confirm>
  )
}

/** Tells administrators on a profile when the account will be erased, with a button that keeps it. */
export function Leaving({ account: { handle, erasedAt } }: { account: AccountJson }) {
  const t = useT()
  if (!erasedAt) return null
  return (
    <section class="suspension">
      <p>
        <strong>{t('Being deleted')}</strong>{' '}
        {t('It will be erased on {day}.', { day: dayInSentence(erasedAt, t.locale) })}
      </p>
      <Act action={`/admin/users/${handle}/deletion`} method="delete">
        {t('Keep the account')}
      </Act>
    </section>
  )
}
