import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { TextArea } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

/** The content of a form that suspends one person. `name` is what its call names the reason. */
export function SuspensionFields({ name, ...form }: FormProps & { name: 'reason' | 'note' }) {
  const t = useT()
  return (
    <>
      <FormProblem {...form} />
      <TextArea
        label={t('Reason')}
        name={name}
        rows={3}
        maxlength={500}
        required
        hint={t('They will see it when they try to sign in.')}
        {...form}
      />
      <button class="button danger filled">{t('Suspend')}</button>
    </>
  )
}

export const SuspendForm = ({ handle, ...form }: FormProps & { handle: string }) => (
  <Form action={`/admin/users/${handle}/suspension`} method="put" class="stack">
    <SuspensionFields name="reason" {...form} />
  </Form>
)

/** A button that suspends the person of a profile. */
export function Suspend({ account: { handle, displayName } }: { account: AccountJson }) {
  const t = useT()
  return (
    <Confirm
      label={t('Suspend {name}', { name: displayName })}
      question={t(
        'They will be signed out. Until you lift the suspension, only the staff and buyers can see their posts.',
      )}
    >
      <SuspendForm handle={handle} />
    </Confirm>
  )
}

/** Tells the staff on a profile why the person is suspended, with a button that lifts the suspension. */
export function Suspended({ account: { handle, suspension } }: { account: AccountJson }) {
  const t = useT()
  if (!suspension) return null
  return (
    <section class="suspension">
      <p>
        <strong>{t('Suspended')}</strong> {suspension.reason}
      </p>
      <Act action={`/admin/users/${handle}/suspension`} method="delete">
        {t('Lift the suspension')}
      </Act>
    </section>
  )
}
