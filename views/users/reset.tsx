import { useT } from '../frame'
import { Layout } from '../layout'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Welcome } from '../parts/welcome'
import { NewPassword } from './fields'

export function ResetForm({ token, ...form }: FormProps & { token: string }) {
  const t = useT()
  return (
    <Form action="/users/resets" live class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="token" value={token} />
      <NewPassword label={t('New password')} {...form} />
      <button class="button primary wide">{t('Save the new password')}</button>
    </Form>
  )
}

export function ResetPage({ token }: { token: string }) {
  const t = useT()
  return (
    <Layout title={t('New password')} bare>
      <Welcome
        title={t('New password')}
        text={t('You will be signed out everywhere. Then sign in with the new password.')}
      >
        <ResetForm token={token} />
      </Welcome>
    </Layout>
  )
}
