import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { TextArea } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

export function SuspendForm({ handle, ...form }: FormProps & { handle: string }) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}/suspension`} method="put" class="stack">
      <FormProblem {...form} />
      <TextArea
        label={t('Reason')}
        name="reason"
        rows={3}
        maxlength={500}
        required
        hint={t('They will see it when they try to sign in.')}
        {...form}
      />
      <button class="button danger filled">{t('Suspend')}</button>
    </Form>
  )
}

/** Shown to the staff on a profile: a button to suspend the person, or the reason and a button to lift the suspension. */
export function Suspension({ account: { handle, displayName, suspension } }: { account: AccountJson }) {
  const t = useT()
  if (!suspension)
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
