import type { Settings } from '../../shapes/settings'
import { useFrame } from '../frame'
import { TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { Switch } from '../parts/switch'
import { settingNames } from './setting-names'

/** Settings of how people join. */
export function JoiningFields({ settings, ...form }: FormProps & { settings: Settings }) {
  const { t, hasMail } = useFrame()
  const names = settingNames(t)
  return (
    <>
      <Switch
        name="approval"
        on={settings.approval}
        label={names.approval}
        hint={t('Whoever signs up waits until somebody of the staff lets them in under People.')}
        {...form}
      />
      <Switch
        name="confirmEmail"
        on={settings.confirmEmail}
        label={names.confirmEmail}
        hint={
          hasMail
            ? t('Where anyone can join, people only look around until they have opened the link that we mail them.')
            : t('This needs a mail server, which is not set up yet.')
        }
        {...form}
      />
      <TextArea
        label={names.blockedDomains}
        name="blockedDomains"
        value={settings.blockedDomains}
        rows={3}
        placeholder="example.org"
        hint={t('One per line. Subdomains are blocked, too.')}
        {...form}
      />
      <TextArea
        label={names.allowedDomains}
        name="allowedDomains"
        value={settings.allowedDomains}
        rows={2}
        placeholder="example.org"
        hint={t('One per line. Leave it empty to accept all others. Existing addresses stay.')}
        {...form}
      />
    </>
  )
}
