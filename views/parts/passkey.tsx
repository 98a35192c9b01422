import { useFrame, useT } from '../frame'
import { Form, FormProblem } from './form'
import type { FormProps } from './form-props'
import { Icon } from './icon'

/** Sentences that the script of passkeys shows, in the language of the page. */
export const sayings = (t: ReturnType<typeof useT>) => ({
  'data-cancelled': t('The passkey was not used. You can try again.'),
  'data-known': t('This device already has a passkey for this account.'),
})

/** A form that the browser fills in with the answer of a passkey. It does nothing without scripts. */
export function SignInByPasskey({ next, ...form }: FormProps & { next?: string }) {
  const t = useT()
  return (
    <Form action="/sessions/passkeys" class="stack scripted" passkey={{ use: 'sign-in', ...sayings(t) }}>
      <FormProblem {...form} />
      {form.problem?.code === 'suspended' && (
        <p>
          <a href="/appeals/new">{t('Answer a suspension')}</a>
        </p>
      )}
      {next && <input type="hidden" name="next" value={next} />}
      <input type="hidden" name="response" />
      <KeepAccount {...form} />
      <button class="button wide">
        <Icon name="key-round" size={20} /> {t('Sign in with a passkey')}
      </button>
    </Form>
  )
}

/** Asks somebody whose account is being deleted whether they want to keep it. */
export function KeepAccount({ problem }: FormProps) {
  const t = useT()
  if (problem?.code !== 'account_leaving') return null
  return (
    <label class="switch">
      <input type="checkbox" name="comeBack" required />
      <span>{t('Keep my account')}</span>
    </label>
  )
}

/** A button that lets people use a passkey instead of typing their password again. */
export function ProveButton() {
  const t = useT()
  const { viewer } = useFrame()
  if (!viewer?.passkeys) return null
  return (
    <button type="button" class="button scripted" data-passkey="prove" {...sayings(t)}>
      <Icon name="key-round" size={20} /> {t('Use a passkey instead')}
    </button>
  )
}
