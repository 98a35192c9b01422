import type { FormProps } from '../../src/http/input'
import type { AccountJson } from '../../src/users/json'
import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'

export function DeleteAccountForm({ account, ...form }: FormProps & { account: AccountJson }) {
  const t = useT()
  return (
    <Form action="/users/account" method="delete" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="handle" value={account.handle} autocomplete="username" />
      <Field label={t('Your password, to be sure')} name="password" type="password" autocomplete="current-password" required {...form} />
      <button class="button danger filled">{t('Delete for good')}</button>
    </Form>
  )
}
