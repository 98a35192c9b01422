import { useT } from '../frame'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Welcome } from '../parts/welcome'

export function ForgotForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/users/resets/requests" live class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Handle or email address')}
        name="account"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxlength={254}
        required
        {...form}
      />
      <button class="button primary wide">{t('Mail me a link')}</button>
    </Form>
  )
}

export function ForgotPage() {
  const t = useT()
  return (
    <Layout title={t('Forgot your password?')} bare>
      <Welcome title={t('Forgot your password?')} text={t('We will mail you a link to choose a new password.')}>
        <ForgotForm />
        <BackToSignIn />
      </Welcome>
    </Layout>
  )
}

/** This page is the same for every request, so that it does not reveal who has an account. */
export function MailedPage() {
  const t = useT()
  return (
    <Layout title={t('Check your email')} bare>
      <Welcome
        title={t('Check your email')}
        text={t('If the account has a confirmed email address, a link is on its way. It works once, for one hour.')}
      >
        <p class="hint">{t('No mail yet? Check your spam folder, or ask the staff, who can create a link for you.')}</p>
        <BackToSignIn />
      </Welcome>
    </Layout>
  )
}

const BackToSignIn = () => {
  const t = useT()
  return (
    <p class="aside">
      <a href="/sessions/new">{t('Sign in')}</a>
    </p>
  )
}
