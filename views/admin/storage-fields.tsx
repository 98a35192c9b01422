import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import type { Lock } from './community-fields'

/** The fields for storage, and for how long a deleted account is kept. */
export function StorageFields({ settings, lock, ...form }: FormProps & { settings: Settings; lock: Lock }) {
  const t = useT()
  return (
    <>
      <Field
        label={t('Largest upload in MB')}
        name="maxUploadMb"
        type="number"
        min={1}
        value={settings.maxUploadMb}
        {...lock('maxUploadMb')}
        {...form}
      />
      <Field
        label={t('Storage per member in MB')}
        name="quotaMb"
        type="number"
        min={1}
        value={settings.quotaMb}
        {...lock('quotaMb')}
        {...form}
      />
      <Field
        label={t('Storage per moderator in MB')}
        name="moderatorQuotaMb"
        type="number"
        min={1}
        value={settings.moderatorQuotaMb}
        hint={t('Leave it empty for the storage of members.')}
        {...form}
      />
      <Field
        label={t('Storage per administrator in MB')}
        name="adminQuotaMb"
        type="number"
        min={1}
        value={settings.adminQuotaMb}
        hint={t('Leave it empty for the storage of members.')}
        {...form}
      />
      <Field
        label={t('Free disk space to keep in MB')}
        name="minFreeMb"
        type="number"
        min={0}
        value={settings.minFreeMb}
        {...lock('minFreeMb', t('Uploads stop before free disk space falls below this.'))}
        {...form}
      />
      <Field
        label={t('Days until a deleted account is erased')}
        name="graceDays"
        type="number"
        min={0}
        max={365}
        value={settings.graceDays}
        hint={t('Until then it is hidden, and its owner can come back by signing in. With 0 it is erased at once.')}
        {...form}
      />
    </>
  )
}
