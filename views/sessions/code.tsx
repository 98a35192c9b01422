import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Welcome } from '../parts/welcome'
import { CodeField } from '../users/totp/forms'

/** `ticket` says that the password was right, so that it is not sent back and forth. */
type Props = Pick<FormProps, 'problem'> & { ticket: string; next?: string; comeBack?: boolean }

const Hidden = ({ ticket, next, comeBack }: Props) => (
  <>
    <input type="hidden" name="ticket" value={ticket} />
    {next && <input type="hidden" name="next" value={next} />}
    {comeBack && <input type="hidden" name="comeBack" value="on" />}
  </>
)

/** The second step of signing in: the code of the app, or a recovery code, which has letters, too. */
export function CodeForms({ problem, ...given }: Props) {
  const t = useT()
  const form = problem ? { problem } : {}
  return (
    <div class="stack">
      <Form action="/sessions/codes" class="stack">
        <FormProblem {...form} />
        <Hidden {...given} />
        <CodeField autofocus />
        <button class="button primary wide">{t('Sign in')}</button>
      </Form>
      <details class="confirm">
        <summary class="button wide">{t('Use a recovery code')}</summary>
        <Form action="/sessions/codes" class="stack sheet">
          <Hidden {...given} />
          <Field
            label={t('Recovery code')}
            name="code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxlength={30}
            hint={t('One of the codes you got when you set up two-step verification. It works once.')}
            required
          />
          <button class="button primary wide">{t('Sign in')}</button>
        </Form>
      </details>
      <p class="hint">{t('Lost your phone and your recovery codes? Ask an administrator to turn this off for you.')}</p>
    </div>
  )
}

export function CodePage(props: Props) {
  const { t, siteName } = useFrame()
  return (
    <Layout title={t('Sign in')} bare>
      <Welcome title={siteName} text={t('Your password is right. Now enter the code from your authenticator app.')}>
        <CodeForms {...props} />
      </Welcome>
    </Layout>
  )
}
