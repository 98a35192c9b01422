import type { AppJson } from '../../shapes/apps'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Confirm } from '../parts/confirm'
import { CopyButton } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Field, TextArea } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Switch } from '../parts/switch'

type List = { apps: AppJson[]; next: string | null }

export const AppsPart = ({ apps, next }: List) => (
  <>
    {apps.map((app) => (
      <AppRow app={app} />
    ))}
    <More next={next} />
  </>
)

function AppRow({ app: { id, name, clientId, redirectUris, confidential } }: { app: AppJson }) {
  const t = useT()
  return (
    <li class="row" id={`own-app-${id}`}>
      <Icon name="code" />
      <div class="what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <code class="hint">{clientId}</code>
        {redirectUris.map((uri) => (
          <span class="hint">
            <bdi class="address">{uri}</bdi>
          </span>
        ))}
        <div class="buttons">
          {confidential && (
            <Act action={`/oauth/apps/${id}/secret`} method="put">
              {t('New secret')}
            </Act>
          )}
          <Confirm label={t('Remove')} question={t('Members who use this app will be signed out of it.')}>
            <Act action={`/oauth/apps/${id}`} method="delete" button="button danger">
              {t('Remove {name}', { name })}
            </Act>
          </Confirm>
        </div>
      </div>
    </li>
  )
}

export function AppForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/oauth/apps" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Name')}
        name="name"
        maxlength={60}
        required
        hint={t('People see it when they allow the app.')}
        {...form}
      />
      <Field label={t('Website')} name="site" type="url" maxlength={300} {...form} />
      <TextArea
        label={t('Addresses to return to')}
        name="redirectUris"
        rows={3}
        required
        hint={t('One per line, exactly as the app sends it. The port of http://127.0.0.1 is free.')}
        {...form}
      />
      <Switch
        name="confidential"
        on={false}
        label={t('The app runs on a server')}
        hint={t('It then gets a secret. Apps on phones and in browsers cannot keep one.')}
        {...form}
      />
      <button class="button primary">{t('Register an app')}</button>
    </Form>
  )
}

export function AppsPage({ apps, next }: List) {
  const t = useT()
  return (
    <Layout title={t('Apps that I make')} back="/oauth/grants">
      <p class="lead">
        {t('Register an app that you make, so that members can sign in to it here. Apps can also register themselves.')}
      </p>
      {apps.length ? (
        <ul class="rows">
          <AppsPart apps={apps} next={next} />
        </ul>
      ) : (
        <Empty icon="code" text={t('You have registered no app.')} />
      )}
      <section class="panel">
        <h2>{t('New app')}</h2>
        <AppForm />
      </section>
    </Layout>
  )
}

/** What the developer needs. The secret is shown only once, because the server stores a hash of it. */
export function NewAppPage({ app: { name, clientId }, secret }: { app: AppJson; secret: string | null }) {
  const t = useT()
  return (
    <Layout title={t('App')} back="/oauth/apps">
      <section class="panel">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class="label">{t('Client id')}</p>
        <code class="key">{clientId}</code>
        <CopyButton text={clientId} />
        {secret && (
          <>
            <p class="label">{t('Client secret')}</p>
            <p>{t('Copy the secret now. You will not see it again.')}</p>
            <code class="key">{secret}</code>
            <CopyButton text={secret} />
          </>
        )}
        <p class="buttons">
          <a class="button primary" href="/oauth/apps">
            {t('Done')}
          </a>
        </p>
      </section>
    </Layout>
  )
}
