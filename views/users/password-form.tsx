import { useT } from '../frame'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Proof } from '../parts/proof'
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
      <Proof label={t('Current password')} name="current" {...form} />
      <NewPassword label={t('New password')} {...form} />
      <button class="button">{t('Change password')}</button>
    </Form>
  )
}
