import { LOCALES } from '../../shapes/locales'
import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { TimeZone } from '../parts/time-zone'
import { languageName } from '../words/format'

/** An unticked checkbox sends nothing, so a hidden `off` stands in for it. */
const isOn = ({ values }: FormProps, stored: boolean) => (values ? [values.private].flat().includes('on') : stored)

export function AccountForm({ account, ...form }: FormProps & { account: AccountJson }) {
  const t = useT()
  const names = LOCALES.map((locale) => [locale, languageName(locale)])
  const locales = { '': t('Same as the browser'), ...Object.fromEntries(names) }
  return (
    <Form action="/users/account" method="patch" live done={t('Saved.')} class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Display name')}
        name="displayName"
        value={account.displayName}
        autocomplete="name"
        maxlength={60}
        required
        {...form}
      />
      <TextArea label={t('About you')} name="bio" value={account.bio} rows={3} maxlength={500} {...form} />
      <TextArea
        label={t('Links')}
        name="links"
        value={account.links}
        rows={2}
        hint={t('One per line.')}
        inputmode="url"
        {...form}
      />
      <Field
        label={t('Email')}
        name="email"
        type="email"
        value={account.email}
        autocomplete="email"
        hint={t('Only you and the staff can see it.')}
        {...form}
      />
      <Choice label={t('Language')} name="locale" value={account.locale ?? ''} options={locales} {...form} />
      <TimeZone name="timeZone" value={account.timeZone} otherwise={t('Same as the community')} {...form} />
      <label class="switch">
        <input type="hidden" name="private" value="off" />
        <input type="checkbox" name="private" value="on" checked={isOn(form, account.private)} />
        <span>
          {t('Private account')}
          <span class="hint">
            {t('Only followers whom you accept see your posts. Turning this off accepts everyone who asked.')}
          </span>
        </span>
      </label>
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}
