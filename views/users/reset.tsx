import type { FormProps } from '../../src/http/input'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import { Welcome } from '../parts/welcome'

export function ResetForm({ token, ...form }: FormProps & { token: string }) {
  const t = useT()
  return (
    <Form action="/users/resets" live class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="token" value={token} />
      <Field
        label={t('New password')}
        name="password"
        type="password"
        autocomplete="new-password"
        hint={t('At least 10 characters.')}
        required
        {...form}
      />
      <button class="button primary wide">{t('Save the new password')}</button>
    </Form>
  )
}

export function ResetPage({ token }: { token: string }) {
  const t = useT()
  return (
    <Layout title={t('New password')} bare>
      <Welcome title={t('New password')} text={t('Afterwards you are signed out everywhere and can sign in with it.')}>
        <ResetForm token={token} />
      </Welcome>
    </Layout>
  )
}
