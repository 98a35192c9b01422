import { SCOPES, type TokenJson } from '../../shapes/tokens'
import type { Role } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Field, FieldError } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Proof } from '../parts/proof'
import { scopeText } from '../parts/scope'
import { Switch } from '../parts/switch'
import { Ago, dayInSentence } from '../parts/time'

type List = { tokens: TokenJson[]; next: string | null }
type Owner = { role: Role }

export const TokensPart = ({ tokens, next }: List) => (
  <>
    {tokens.map((token) => (
      <TokenRow token={token} />
    ))}
    <More next={next} />
  </>
)

function TokenRow({ token }: { token: TokenJson }) {
  const { id, name, scopes, expiresAt, lastUsedAt, endsWithPassword } = token
  const t = useT()
  return (
    <li class="row" id={`token-${id}`}>
      <Icon name="key-round" />
      <div class="what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span class="hint">{scopes.map((scope) => scopeText(t, scope)).join(' · ')}</span>
        <span class="hint">
          {lastUsedAt ? (
            <>
              {t('Last used')} <Ago at={lastUsedAt} />
            </>
          ) : (
            t('Never used')
          )}
          {' · '}
          {expiresAt ? t('valid until {day}', { day: dayInSentence(expiresAt, t.locale) }) : t('does not expire')}
          {!endsWithPassword && ` · ${t('outlives the password')}`}
        </span>
      </div>
      <Act
        action={`/tokens/${id}`}
        method="delete"
        live
        target={`#token-${id}`}
        done={t('The token has been revoked.')}
      >
        {t('Revoke this token')}
      </Act>
    </li>
  )
}

export function TokenForm({ role, ...form }: FormProps & Owner) {
  const t = useT()
  const offered = SCOPES.filter((scope) => scope !== 'admin' || role !== 'member')
  const chosen = form.values ? [form.values.scopes].flat() : ['read']
  return (
    <Form action="/tokens" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Name')}
        name="name"
        maxlength={100}
        required
        hint={t('For example the name of the script or app that will use the token.')}
        {...form}
      />
      <fieldset>
        <legend class="label">{t('The token may')}</legend>
        {offered.map((scope) => (
          <label class="switch">
            <input type="checkbox" name="scopes" value={scope} checked={chosen.includes(scope)} />
            <span>{scopeText(t, scope)}</span>
          </label>
        ))}
        <FieldError name="scopes" {...form} />
      </fieldset>
      <Field
        label={t('Valid until')}
        name="expiresAt"
        type="date"
        hint={t('Leave this empty for a token that does not expire.')}
        {...form}
      />
      <Switch
        name="endsWithPassword"
        on
        label={t('End the token with my password')}
        hint={t(
          'When you change your password, the token stops working. A reset of a forgotten password ends every token.',
        )}
        {...form}
      />
      <Proof label={t('Password')} {...form} />
      <button class="button primary">{t('Create a token')}</button>
    </Form>
  )
}

export function TokensPage({ role, ...list }: List & Owner) {
  const t = useT()
  return (
    <Layout title={t('Personal tokens')} back="/users/account">
      <p class="lead">{t('A token lets a script or an app act for you without knowing your password.')}</p>
      {list.tokens.length ? (
        <ul class="rows">
          <TokensPart {...list} />
        </ul>
      ) : (
        <Empty icon="key-round" text={t('You have no tokens.')} />
      )}
      <section class="panel">
        <h2>{t('New token')}</h2>
        <TokenForm role={role} />
      </section>
    </Layout>
  )
}

/** A new token, which is shown only once, because the server does not store it. */
export function NewTokenPage({ name, token }: { name: string; token: string }) {
  const t = useT()
  return (
    <Layout title={t('New token')} back="/tokens">
      <section class="panel">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p>{t('Copy the token now. You will not see it again.')}</p>
        <code class="key">{token}</code>
        <p class="buttons">
          <button type="button" class="button scripted" data-copy={token} data-copied={t('Copied')}>
            <Icon name="copy" size={20} />
            <span>{t('Copy')}</span>
          </button>
          <a class="button primary" href="/tokens">
            {t('Done')}
          </a>
        </p>
      </section>
    </Layout>
  )
}
