import { useFrame } from '../frame'
import { FieldError } from './field'
import type { FormProps } from './form-props'

/** Buyers confirm once that they are old enough, where the host asks for it. */
export function AgeField(form: FormProps) {
  const { t, buyerAge } = useFrame()
  if (buyerAge === null) return null
  return (
    <label class="switch">
      <input type="checkbox" name="age" value="on" required />
      <span>
        {t('I am at least {n} years old.', { n: buyerAge })}
        <FieldError name="age" {...form} />
      </span>
    </label>
  )
}
