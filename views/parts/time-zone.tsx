import { useT } from '../frame'
import { FieldError } from './field'
import type { FormProps } from './form-props'

type Props = FormProps & { name: string; value: string; isGuess: boolean }

/** All time zones with the names to show, and the chosen one, which may be known to browsers only. */
export function timeZoneNames(chosen: string | null): Record<string, string> {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(chosen ? [chosen] : [])])
  return Object.fromEntries([...zones].sort().map((zone) => [zone, zone.replaceAll('_', ' ')]))
}

/** Offers all time zones. If the value is only a guess, the browser selects its own time zone. */
export function TimeZone({ name, value, isGuess, ...form }: Props) {
  const t = useT()
  return (
    <label class="field">
      <span class="label">{t('Time zone')}</span>
      <select name={name} {...(isGuess && { 'data-here': true })}>
        {Object.entries(timeZoneNames(value)).map(([zone, name]) => (
          <option value={zone} selected={zone === value}>
            {name}
          </option>
        ))}
      </select>
      <FieldError name={name} {...form} />
    </label>
  )
}
