import { useT } from '../frame'
import { FieldError } from './field'
import type { FormProps } from './form-props'

type Props = FormProps & { name: string; value: string; isGuess: boolean }

/** Offers all time zones. If the value is only a guess, the browser selects its own time zone. */
export function TimeZone({ name, value, isGuess, ...form }: Props) {
  const t = useT()
  const zones = [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
  return (
    <label class="field">
      <span class="label">{t('Time zone')}</span>
      <select name={name} {...(isGuess && { 'data-here': true })}>
        {zones.map((zone) => (
          <option value={zone} selected={zone === value}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      <FieldError name={name} {...form} />
    </label>
  )
}
