import { useT } from '../frame'
import { Field, typed } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { TimeZoneHere } from '../parts/time-zone'

export function NewPassword({ label, ...form }: FormProps & { label: string }) {
  const t = useT()
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autocomplete="new-password"
      hint={t('Use at least 10 characters.')}
      required
      {...form}
    />
  )
}

/** The fields of a new account. */
export function NewAccount(form: FormProps) {
  const t = useT()
  return (
    <>
      <TimeZoneHere />
      <Field label={t('Display name')} name="displayName" autocomplete="name" maxlength={60} {...form} />
      <Field
        label={t('Handle')}
        name="handle"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        hint={t('Use 3–30 lowercase letters, digits or underscores. It is part of your profile address.')}
        required
        {...form}
      />
      {typed(form, 'passkey') ? (
        <p class="hint">{t('Your passkey is ready, so you need no password.')}</p>
      ) : (
        <NewPassword label={t('Password')} {...form} />
      )}
    </>
  )
}
