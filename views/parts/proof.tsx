import { useFrame } from '../frame'
import { Field } from './field'
import type { FormProps } from './form-props'
import { ProveButton } from './passkey'

type Props = FormProps & { label: string; name?: string }

/**
 * Asks again for the password, with the handle that tells password managers whose it is. Nothing is asked of people who
 * have just used a passkey, and only for a passkey of people who have no password.
 */
export function Proof({ label, name = 'password', ...form }: Props) {
  const { t, proven, viewer } = useFrame()
  if (proven) return <p class="hint">{t('You have just used a passkey, so your password is not needed.')}</p>
  return (
    <>
      {viewer?.hasPassword && (
        <>
          <input type="text" name="username" value={viewer.handle} autocomplete="username" hidden readonly />
          <Field label={label} name={name} type="password" autocomplete="current-password" required {...form} />
        </>
      )}
      <ProveButton />
    </>
  )
}
