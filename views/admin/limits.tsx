import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { settingNames } from './setting-names'

/** The rate limits. Their fields are named `limits.signUps` and so on. */
export function LimitFields({ limits, ...form }: FormProps & Pick<Settings, 'limits'>) {
  const t = useT()
  const names = settingNames(t)
  return (
    <details class="limits">
      <summary class="button">{t('Limits')}</summary>
      <div class="stack">
        {(Object.keys(limits) as (keyof Settings['limits'])[]).map((name) => (
          <Field
            label={names[`limits.${name}`]}
            name={`limits.${name}`}
            type="number"
            min={1}
            value={limits[name]}
            {...form}
          />
        ))}
      </div>
    </details>
  )
}
