import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Field } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import type { Lock } from './community-fields'
import { settingNames } from './setting-names'

/** The fields for storage, and for how long a deleted account is kept. */
export function StorageFields({ settings, lock, ...form }: FormProps & { settings: Settings; lock: Lock }) {
  const t = useT()
  const names = settingNames(t)
  return (
    <>
      <Field
        label={names.maxUploadMb}
        name="maxUploadMb"
        type="number"
        min={1}
        value={settings.maxUploadMb}
        {...lock('maxUploadMb')}
        {...form}
      />
      <Field
        label={names.quotaMb}
        name="quotaMb"
        type="number"
        min={1}
        value={settings.quotaMb}
        {...lock('quotaMb')}
        {...form}
      />
      <Field
        label={names.moderatorQuotaMb}
        name="moderatorQuotaMb"
        type="number"
        min={1}
        value={settings.moderatorQuotaMb}
        hint={t('Leave it empty for the storage of members.')}
        {...form}
      />
      <Field
        label={names.adminQuotaMb}
        name="adminQuotaMb"
        type="number"
        min={1}
        value={settings.adminQuotaMb}
        hint={t('Leave it empty for the storage of members.')}
        {...form}
      />
      <Field
        label={names.minFreeMb}
        name="minFreeMb"
        type="number"
        min={0}
        value={settings.minFreeMb}
        {...lock('minFreeMb', t('Uploads stop before free disk space falls below this.'))}
        {...form}
      />
      <Field
        label={names.graceDays}
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
