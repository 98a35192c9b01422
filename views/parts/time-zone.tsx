import { useT } from '../frame'
import { FieldError } from './field'
import type { FormProps } from './form-props'

type Props = FormProps & {
  name: string
  /** Null chooses `otherwise`. */
  value: string | null
  /** The browser selects its own time zone instead of the value. */
  isGuess?: boolean
  /** The text of an empty choice, for a form that offers one. */
  otherwise?: string
  hint?: string
  disabled?: boolean
}

/** The time zone of the browser, which the form sends along. Without scripts it is empty. */
export const TimeZoneHere = () => <input type="hidden" name="timeZone" data-here />

/** Offers all time zones. A chosen one may be known to browsers only. */
export function TimeZone({ name, value, isGuess, otherwise, hint, disabled, ...form }: Props) {
  const t = useT()
  const chosen = String(form.values?.[name] ?? value ?? '')
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(chosen ? [chosen] : [])])
  return (
    <label class="field">
      <span class="label">{t('Time zone')}</span>
      <select name={name} disabled={disabled} {...(isGuess && { 'data-here': true })}>
        {otherwise && (
          <option value="" selected={!chosen}>
            {otherwise}
          </option>
        )}
        {[...zones].sort().map((zone) => (
          <option value={zone} selected={zone === chosen} translate="no">
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      <FieldError name={name} {...form} />
      {hint && <span class="hint">{hint}</span>}
    </label>
  )
}
