import { useFrame, useT } from './frame'
import { Layout } from './layout'
import { Form, FormProblem } from './parts/form'
import type { FormProps } from './parts/form-props'
import { Welcome } from './parts/welcome'
import { NewAccount } from './users/fields'

export function SetupForm({ token, ...form }: FormProps & { token: string }) {
  const t = useT()
  return (
    <Form action="/setup" live class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="token" value={token} />
      <NewAccount {...form} />
      <button class="button primary wide">{t('Create the administrator account')}</button>
    </Form>
  )
}

export function SetupPage({ token }: { token: string }) {
  const { t, siteName } = useFrame()
  return (
    <Layout title={t('Set up')} bare>
      <Welcome
        title={t('Welcome to {name}', { name: siteName })}
        text={t('Create the administrator account. You can use it to invite people and change settings.')}
      >
        <SetupForm token={token} />
      </Welcome>
    </Layout>
  )
}
