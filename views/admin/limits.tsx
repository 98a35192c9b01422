import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'

/** How often is too often. Named `limits.signUps` and so on. */
export function LimitFields({ limits, ...form }: FormProps & Pick<Settings, 'limits'>) {
  const t = useT()
  const labels: Record<keyof Settings['limits'], string> = {
    signInsOfHandle: t('Failed sign-ins of a handle in 15 minutes'),
    signInsOfAddress: t('Failed sign-ins of an address in 15 minutes'),
    signUps: t('Sign-ups of an address in an hour'),
    uploads: t('Uploads of a person in an hour'),
    redemptions: t('Failed redemptions of a person in an hour'),
    checkouts: t('Payments begun by a person in an hour'),
    posts: t('Posts of a person in an hour'),
    comments: t('Comments of a person in an hour'),
    changes: t('Other changes of a person in an hour'),
    mails: t('Mails that a person or an address asks for in an hour'),
    anonymousReads: t('Reads of an address without an account in 5 minutes'),
  }
  return (
    <details class="limits">
      <summary class="button">{t('Limits')}</summary>
      <div class="stack">
        {Object.entries(labels).map(([name, label]) => (
          <Field
            label={label}
            name={`limits.${name}`}
            type="number"
            min={1}
            value={limits[name as keyof Settings['limits']]}
            {...form}
          />
        ))}
      </div>
    </details>
  )
}
