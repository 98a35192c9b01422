import { useT } from '../../frame'
import { Field } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { Proof } from '../../parts/proof'

const HERE = '/users/account/totp'

/** A field for the six digits of an authenticator app. What was typed is not shown again, since a code works once. */
export function CodeField({ autofocus, ...form }: FormProps & { autofocus?: boolean }) {
  const t = useT()
  return (
    <Field
      label={t('Code from your authenticator app')}
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={7}
      required
      {...(autofocus && { autofocus })}
      {...without(form)}
    />
  )
}

/** A field that takes a recovery code, too, for people who no longer have the app. */
function AnyCodeField(form: FormProps) {
  const t = useT()
  return (
    <Field
      label={t('Code from your app, or a recovery code')}
      name="code"
      autocomplete="one-time-code"
      autocapitalize="characters"
      spellcheck={false}
      maxlength={30}
      required
      {...without(form)}
    />
  )
}

const without = ({ problem }: FormProps): FormProps => (problem ? { problem } : {})

export function StartForm(props: FormProps) {
  const t = useT()
  return (
    <Form action={HERE} class="stack">
      <FormProblem {...props} />
      <Proof label={t('Enter your password to confirm')} {...props} />
      <button class="button primary">{t('Set up two-step verification')}</button>
    </Form>
  )
}

export function ConfirmForm(form: FormProps) {
  const t = useT()
  return (
    <Form action={HERE} method="put" class="stack">
      <FormProblem {...form} />
      <CodeField {...form} />
      <button class="button primary">{t('Turn on')}</button>
    </Form>
  )
}

export function NewCodesForm(props: FormProps) {
  const t = useT()
  return (
    <Form action={`${HERE}/recovery-codes`} class="stack">
      <FormProblem {...props} />
      <Proof label={t('Enter your password to confirm')} {...props} />
      <AnyCodeField {...props} />
      <button class="button primary">{t('Create new codes')}</button>
    </Form>
  )
}

export function TurnOffForm(props: FormProps) {
  const t = useT()
  return (
    <Form action={HERE} method="delete" class="stack">
      <FormProblem {...props} />
      <Proof label={t('Enter your password to confirm')} {...props} />
      <AnyCodeField {...props} />
      <button class="button danger filled">{t('Turn off')}</button>
    </Form>
  )
}
