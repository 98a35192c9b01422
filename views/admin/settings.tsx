import type { Settings } from '../../shapes/settings'
import { useT } from '../frame'
import { Choice } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Switch } from '../parts/switch'
import { AdultFields } from './adult'
import { BankFields } from './bank'
import { CommunityFields, type Lock } from './community-fields'
import { DealFields } from './deals'
import { Desk } from './desk'
import { JoiningFields } from './joining-fields'
import { LimitFields } from './limits'
import { MailPanel } from './mail'
import { MarkForm } from './mark'
import { settingChoices, settingNames } from './setting-names'
import { StorageFields } from './storage-fields'

type Props = { settings: Settings; fixed: string[] }

export function SettingsForm({ settings, fixed, ...form }: FormProps & Props) {
  const t = useT()
  const [names, choices] = [settingNames(t), settingChoices(t)]
  const lock: Lock = (name, hint) =>
    fixed.includes(name)
      ? { disabled: true, hint: t('Set by a flag or an environment variable when the server starts.') }
      : hint
        ? { hint }
        : {}
  return (
    <Form action="/admin/settings" method="patch" class="stack" live done={t('Saved.')}>
      <FormProblem {...form} />
      <CommunityFields settings={settings} lock={lock} {...form} />
      <Choice
        label={names.access}
        name="access"
        value={settings.access}
        options={choices.access}
        {...lock('access')}
        {...form}
      />
      <Choice
        label={names.registration}
        name="registration"
        value={settings.registration}
        options={choices.registration}
        {...lock('registration')}
        {...form}
      />
      <JoiningFields settings={settings} {...form} />
      <Switch
        name="staffSecondFactor"
        on={settings.staffSecondFactor}
        label={names.staffSecondFactor}
        hint={t('Staff without it can use only their own account until they have set it up.')}
        {...form}
      />
      <Choice
        label={names.guestLinks}
        name="guestLinks"
        value={settings.guestLinks}
        options={choices.guestLinks}
        hint={t('They give a link for one post, which ends by itself. It shows paid posts only for their price.')}
        {...form}
      />
      <AdultFields settings={settings} {...form} />
      <Choice
        label={names.coins}
        name="coins"
        value={settings.coins}
        options={choices.coins}
        {...lock('coins')}
        {...form}
      />
      <StorageFields settings={settings} lock={lock} {...form} />
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
        <h2>{settingNames(t).mark}</h2>
        <MarkForm />
      </section>
      <section class="panel">
        <SettingsForm {...props} />
      </section>
      <MailPanel />
    </Desk>
  )
}
