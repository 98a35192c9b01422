import { LOCALES } from '../../shapes/locales'
import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { TimeZone } from '../parts/time-zone'
import { languageName } from '../words/format'

/** Locks the field of a setting that is fixed when the server starts, and otherwise gives it a hint. */
export type Lock = (name: keyof Settings, hint?: string) => { disabled?: boolean; hint?: string }

/** The fields for the name of the community, the texts about it and its language. */
export function CommunityFields({ settings, lock, ...form }: FormProps & { settings: Settings; lock: Lock }) {
  const t = useT()
  return (
    <>
      <Field
        label={t('Community name')}
        name="siteName"
        value={settings.siteName}
        maxlength={60}
        {...lock('siteName')}
        {...form}
      />
      <Field
        label={t('Accent colour')}
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
        label={t('Contact for security problems')}
        name="securityContact"
        value={settings.securityContact}
        placeholder="mailto:security@example.org"
        {...lock('securityContact', t('Shown at /.well-known/security.txt. Leave it empty to publish no such file.'))}
        {...form}
      />
      <TextArea
        label={t('Business details')}
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
        label={t('Description')}
        name="description"
        value={settings.description}
        rows={2}
        maxlength={300}
        hint={t('What the community is about. Shown where people sign in and join.')}
        {...form}
      />
      <TextArea
        label={t('Welcome')}
        name="welcome"
        value={settings.welcome}
        rows={4}
        maxlength={3000}
        hint={t('New members read it once, at the top of the main page and the inbox. In Markdown.')}
        {...form}
      />
      <TextArea
        label={t('Announcement')}
        name="announcement"
        value={settings.announcement}
        rows={2}
        maxlength={500}
        hint={t('Shown at the top of every page until people close it. A new text is shown to all of them again.')}
        {...form}
      />
      <Choice
        label={t('Who sees the announcement')}
        name="announcementFor"
        value={settings.announcementFor}
        options={{ members: t('Members only'), everyone: t('Everyone, also without an account') }}
        hint={t(
          'If everyone sees it, it is also shown where people sign in and join, and on all pages that visitors can open.',
        )}
        {...form}
      />
      <Field
        label={t('Last day of the announcement')}
        name="announcementUntil"
        type="date"
        value={settings.announcementUntil}
        hint={t('Leave it empty to show the announcement until you remove it.')}
        {...form}
      />
      <Choice
        label={t('Language')}
        name="locale"
        value={settings.locale}
        options={Object.fromEntries(LOCALES.map((locale) => [locale, languageName(locale)]))}
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
