import { LOCALES } from '../../shapes/locales'
import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Switch } from '../parts/switch'
import { TimeZone } from '../parts/time-zone'
import { languageName } from '../words/format'
import { AdultFields } from './adult'
import { BankFields } from './bank'
import { DealFields } from './deals'
import { Desk } from './desk'
import { JoiningFields } from './joining-fields'
import { LimitFields } from './limits'
import { MailPanel } from './mail'
import { MarkForm } from './mark'

type Props = { settings: Settings; fixed: string[] }

export function SettingsForm({ settings, fixed, ...form }: FormProps & Props) {
  const t = useT()
  const lock = (name: keyof Settings, hint?: string) =>
    fixed.includes(name)
      ? { disabled: true, hint: t('Set by a flag or an environment variable when the server starts.') }
      : hint
        ? { hint }
        : {}
  const access = { members: t('Members only'), public: t('Everyone on the internet') }
  const registration = { invite: t('People with an invitation'), open: t('Anyone'), closed: t('No one') }
  return (
    <Form action="/admin/settings" method="patch" class="stack" live done={t('Saved.')}>
      <FormProblem {...form} />
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
        hint={t('Members read it at the top of every page.')}
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
      <Choice
        label={t('Who can view posts')}
        name="access"
        value={settings.access}
        options={access}
        {...lock('access')}
        {...form}
      />
      <Choice
        label={t('Who can join')}
        name="registration"
        value={settings.registration}
        options={registration}
        {...lock('registration')}
        {...form}
      />
      <JoiningFields settings={settings} {...form} />
      <Switch
        name="staffSecondFactor"
        on={settings.staffSecondFactor}
        label={t('Staff need two-step verification')}
        hint={t('Staff without it can use only their own account until they have set it up.')}
        {...form}
      />
      <Choice
        label={t('Let members show single posts to people without an account')}
        name="guestLinks"
        value={settings.guestLinks}
        options={{ on: t('On'), off: t('Off') }}
        hint={t('They give a link for one post, which ends by itself. It shows paid posts only for their price.')}
        {...form}
      />
      <AdultFields settings={settings} {...form} />
      <Choice
        label={t('Coins')}
        name="coins"
        value={settings.coins}
        options={{ on: t('On'), off: t('Off') }}
        {...lock('coins')}
        {...form}
      />
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
      <BankFields bank={settings.bank} {...form} />
      <DealFields settings={settings} {...form} />
      <LimitFields limits={settings.limits} {...form} />
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}

export function SettingsPage(props: Props) {
  const t = useT()
  return (
    <Desk title={t('Settings')}>
      <section class="panel">
        <h2>{t('Logo')}</h2>
        <MarkForm />
      </section>
      <section class="panel">
        <SettingsForm {...props} />
      </section>
      <MailPanel />
    </Desk>
  )
}
