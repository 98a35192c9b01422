import type { FormProps } from '../src/http/input'
import { useFrame, useT } from './frame'
import { Layout } from './layout'
import { Field } from './parts/field'
import { Form, FormProblem } from './parts/form'
import { Welcome } from './parts/welcome'

export function SetupForm({ token, ...form }: FormProps & { token: string }) {
  const t = useT()
  return (
    <Form action="/setup" live class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="token" value={token} />
      <Field label={t('Name')} name="displayName" autocomplete="name" maxlength={60} {...form} />
      <Field
        label={t('Handle')}
        name="handle"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        hint={t('3–30 small letters, digits or _. It is in the address of your profile.')}
        required
        {...form}
      />
      <Field
        label={t('Password')}
        name="password"
        type="password"
        autocomplete="new-password"
        hint={t('At least 10 characters.')}
        required
        {...form}
      />
      <button class="button primary wide">{t('Create the administrator')}</button>
    </Form>
  )
}

export function SetupPage({ token }: { token: string }) {
  const { t, siteName } = useFrame()
  return (
    <Layout title={t('Set up')} bare>
      <Welcome
        title={t('Welcome to {name}', { name: siteName })}
        text={t('Create your account. It runs this place: it invites people and changes settings.')}
      >
        <SetupForm token={token} />
      </Welcome>
    </Layout>
  )
}
