import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Welcome } from '../parts/welcome'

export function VerifyForm({ token, ...form }: FormProps & { token: string }) {
  const t = useT()
  return (
    <Form action="/users/verifications" live class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="token" value={token} />
      <Field
        label={t('Enter your password to confirm')}
        name="password"
        type="password"
        autocomplete="current-password"
        required
        {...form}
      />
      <button class="button primary wide">{t('Confirm this email address')}</button>
    </Form>
  )
}

export function VerifyPage({ token, email }: { token: string; email: string }) {
  const t = useT()
  return (
    <Layout title={t('Confirm your email address')} bare>
      <Welcome title={t('Is this your email address?')} text={email}>
        <VerifyForm token={token} />
      </Welcome>
    </Layout>
  )
}

export function VerifiedPage() {
  const { t, siteName } = useFrame()
  return (
    <Layout title={t('Email address confirmed')} bare>
      <Welcome
        title={t('Email address confirmed')}
        text={t('You will now receive mail from {name}.', { name: siteName })}
      >
        <a class="button primary wide" href="/mail">
          {t('Mail settings')}
        </a>
      </Welcome>
    </Layout>
  )
}
