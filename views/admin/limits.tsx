import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'

/** The rate limits. Their fields are named `limits.signUps` and so on. */
export function LimitFields({ limits, ...form }: FormProps & Pick<Settings, 'limits'>) {
  const t = useT()
  const labels: Record<keyof Settings['limits'], string> = {
    signInsOfHandle: t('Failed sign-ins per handle in 15 minutes'),
    signInsOfAddress: t('Failed sign-ins per IP address in 15 minutes'),
    signUps: t('Sign-ups per IP address per hour'),
    uploads: t('Uploads per member per hour'),
    redemptions: t('Failed voucher redemptions and gifts per member per hour'),
    checkouts: t('Payments started per member per hour'),
    posts: t('Posts per member per hour'),
    comments: t('Comments per member per hour'),
    changes: t('Other changes per member per hour'),
    mails: t('Mails requested per member or IP address per hour'),
    apps: t('Apps registered per IP address per hour'),
    anonymousReads: t('Reads without an account per IP address in 5 minutes'),
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
