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
        label={t('Handle or e-mail address')}
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
      <Welcome title={t('Forgot your password?')} text={t('We mail you a link with which you choose a new one.')}>
        <ForgotForm />
        <BackToSignIn />
      </Welcome>
    </Layout>
  )
}

/** The same for everybody: it tells nobody who has an account here. */
export function MailedPage() {
  const t = useT()
  return (
    <Layout title={t('Look into your mail')} bare>
      <Welcome
        title={t('Look into your mail')}
        text={t(
          'If there is such an account with a confirmed address, a link is on its way. It works once, for an hour.',
        )}
      >
        <p class="hint">{t('Nothing came? Look among the spam, or ask the staff: they can make you a link, too.')}</p>
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
