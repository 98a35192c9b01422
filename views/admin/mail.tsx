import { useFrame, useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { Desk } from './desk'

/** Sends a test mail, so that administrators can check whether mail works. */
export function TrialForm(form: FormProps) {
  const { t, viewer } = useFrame()
  return (
    <Form action="/admin/mail/tests" class="stack" live>
      <FormProblem {...form} />
      <Field label={t('Send a test mail to')} name="to" type="email" value={viewer?.email ?? ''} required {...form} />
      <button class="button">{t('Send a test mail')}</button>
    </Form>
  )
}

type Outcome = { to: string; accepted: boolean; answer: string }

/** Shows the unchanged answer of the mail server, and the form again for another attempt. */
export function TrialResult({ to, accepted, answer }: Outcome) {
  const t = useT()
  return (
    <div class="stack">
      <p class="email-state" role="status">
        <Icon name={accepted ? 'check' : 'triangle-alert'} size={20} />
        <span>
          {accepted
            ? t('The mail server accepted the mail. Check the mailbox of {to}.', { to })
            : t('The mail could not be sent.')}
        </span>
      </p>
      <code class="payload">{answer}</code>
      <TrialForm values={{ to }} />
    </div>
  )
}

/** The result as a page of its own, for browsers without JavaScript. */
export function TrialPage(outcome: Outcome) {
  const t = useT()
  return (
    <Desk title={t('Send a test mail')}>
      <section class="panel">
        <TrialResult {...outcome} />
      </section>
    </Desk>
  )
}

export function MailPanel() {
  const { t, hasMail } = useFrame()
  return (
    <section class="panel">
      <h2>{t('Mail')}</h2>
      {hasMail ? (
        <TrialForm />
      ) : (
        <p class="hint">
          {t('No mail is sent because no mail server is configured. Set one when you start the server:')}{' '}
          <code>PINHOLE_SMTP_URL</code>
        </p>
      )}
    </section>
  )
}
