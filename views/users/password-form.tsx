import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { NewPassword } from './fields'

export function PasswordForm(form: FormProps) {
  const t = useT()
  return (
    <Form
      action="/users/account/password"
      method="put"
      live
      done={t('Your password has been changed. All other devices are signed out.')}
      class="stack"
    >
      <FormProblem {...form} />
      <Field
        label={t('Current password')}
        name="current"
        type="password"
        autocomplete="current-password"
        required
        {...form}
      />
      <NewPassword label={t('New password')} {...form} />
      <button class="button">{t('Change password')}</button>
    </Form>
  )
}
