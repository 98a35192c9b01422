import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { TimeZone } from '../parts/time-zone'
import { settingChoices, settingNames } from './setting-names'

/** Locks the field of a setting that is fixed when the server starts, and otherwise gives it a hint. */
export type Lock = (name: keyof Settings, hint?: string) => { disabled?: boolean; hint?: string }

/** The fields for the name of the community, the texts about it and its language. */
export function CommunityFields({ settings, lock, ...form }: FormProps & { settings: Settings; lock: Lock }) {
  const t = useT()
  const [names, choices] = [settingNames(t), settingChoices(t)]
  return (
    <>
      <Field
        label={names.siteName}
        name="siteName"
        value={settings.siteName}
        maxlength={60}
        {...lock('siteName')}
        {...form}
      />
      <Field
        label={names.accent}
        name="accent"
        value={settings.accent}
        placeholder="#c8430b"
        pattern="#[0-9A-Fa-f]{6}"
        {...lock(
          'accent',
          t('Use the form #rrggbb, or leave it empty for orange. It is adjusted where it would be hard to read.'),
        )}
        {...form}
      />
      <Field
        label={names.securityContact}
        name="securityContact"
        value={settings.securityContact}
        placeholder="mailto:security@example.org"
        {...lock('securityContact', t('Shown at /.well-known/security.txt. Leave it empty to publish no such file.'))}
        {...form}
      />
      <TextArea
        label={names.business}
        name="business"
        value={settings.business}
        rows={3}
        maxlength={1000}
        {...lock(
          'business',
          t('Shown at the foot of every page, for hosts who have to name who they are. One per line.'),
        )}
        {...form}
      />
      <TextArea
        label={names.description}
        name="description"
        value={settings.description}
        rows={2}
        maxlength={300}
        hint={t('What the community is about. Shown where people sign in and join.')}
        {...form}
      />
      <TextArea
        label={names.welcome}
        name="welcome"
        value={settings.welcome}
        rows={4}
        maxlength={3000}
        hint={t('New members read it once, at the top of the main page and the inbox. In Markdown.')}
        {...form}
      />
      <TextArea
        label={names.announcement}
        name="announcement"
        value={settings.announcement}
        rows={2}
        maxlength={500}
        hint={t('Shown at the top of every page until people close it. A new text is shown to all of them again.')}
        {...form}
      />
      <Choice
        label={names.announcementFor}
        name="announcementFor"
        value={settings.announcementFor}
        options={choices.announcementFor}
        hint={t(
          'If everyone sees it, it is also shown where people sign in and join, and on all pages that visitors can open.',
        )}
        {...form}
      />
      <Field
        label={names.announcementUntil}
        name="announcementUntil"
        type="date"
        value={settings.announcementUntil}
        hint={t('Leave it empty to show the announcement until you remove it.')}
        {...form}
      />
      <Choice
        label={names.locale}
        name="locale"
        value={settings.locale}
        options={choices.locale}
        {...lock('locale', t('For people whose browser asks for none of these.'))}
        {...form}
      />
      <TimeZone
        name="timeZone"
        value={settings.timeZone}
        {...lock('timeZone', t('For people who have not chosen one.'))}
        {...form}
      />
    </>
  )
}
