import type { Child } from 'hono/jsx'
import { LOCALES } from '../../shapes/locales'
import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Choice, Field, TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Switch } from '../parts/switch'
import { TimeZone } from '../parts/time-zone'
import { languageName } from '../words/format'

type Props = FormProps & { account: AccountJson }

/** One page of the account. It changes its own fields and leaves the others as they are. */
function Part({ children, ...form }: FormProps & { children: Child }) {
  const t = useT()
  return (
    <Form action="/users/account" method="patch" live done={t('Saved.')} class="stack">
      <FormProblem {...form} />
      {children}
      <button class="button primary">{t('Save')}</button>
    </Form>
  )
}

export function ProfileForm({ account, ...form }: Props) {
  const t = useT()
  return (
    <Part {...form}>
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
    </Part>
  )
}

export function EmailForm({ account, ...form }: Props) {
  const t = useT()
  return (
    <Part {...form}>
      <Field
        label={t('Email')}
        name="email"
        type="email"
        value={account.email}
        autocomplete="email"
        hint={t('Only you and the staff can see it.')}
        {...form}
      />
    </Part>
  )
}

export function LanguageForm({ account, ...form }: Props) {
  const t = useT()
  const names = LOCALES.map((locale) => [locale, languageName(locale)])
  const locales = { '': t('Same as the browser'), ...Object.fromEntries(names) }
  return (
    <Part {...form}>
      <Choice label={t('Language')} name="locale" value={account.locale ?? ''} options={locales} {...form} />
      <TimeZone name="timeZone" value={account.timeZone} otherwise={t('Same as the community')} {...form} />
    </Part>
  )
}

export function PrivacyForm({ account, ...form }: Props) {
  const t = useT()
  return (
    <Part {...form}>
      <Switch
        name="private"
        on={account.private}
        label={t('Private account')}
        hint={t('Only followers whom you accept see your posts. Turning this off accepts everyone who asked.')}
        {...form}
      />
    </Part>
  )
}

/** Each form by the fields that it sends. */
const FORMS = [
  { Form: EmailForm, fields: ['email'] },
  { Form: LanguageForm, fields: ['locale', 'timeZone'] },
  { Form: PrivacyForm, fields: ['private'] },
  { Form: ProfileForm, fields: ['displayName', 'bio', 'links'] },
]

/** Shows the form with the mistake again. All of them send to the same address. */
export function AccountFormAgain({ account, values = {}, ...form }: Props) {
  const named = [...(form.problem?.errors ?? []).map(({ path }) => path.split('.')[0]!), ...Object.keys(values)]
  const first = named.map((name) => FORMS.find(({ fields }) => fields.includes(name))).find(Boolean)
  const { Form } = first ?? FORMS.at(-1)!
  return <Form account={account} values={values} {...form} />
}
