import type { Scope } from '../../shapes/tokens'
import { useFrame } from '../frame'
import { Layout } from '../layout'
import { Icon } from '../parts/icon'
import { scopeText } from '../parts/scope'
import type { Translate } from '../words'

type Props = {
  app: { name: string; site: string | null; ownerId: number | null }
  redirectUri: string
  scopes: Scope[]
  handle: string
  /** The parameters of the request, which are sent again with the answer. */
  request: [name: string, value: string][]
}

/** Where the answer goes, as a person can judge it: the host of a website, or an app on this device. */
export function destination(redirectUri: string, t: Translate): string {
  const { protocol, host } = new URL(redirectUri)
  if (protocol === 'http:') return t('a program on this device')
  return protocol === 'https:' ? host : t('the app {scheme} on this device', { scheme: protocol.slice(0, -1) })
}

/** Asks whether an app may act for the person. The form is a plain one, so it works without scripts. */
export function ConsentPage({ app, redirectUri, scopes, handle, request }: Props) {
  const { t, siteName } = useFrame()
  return (
    <Layout title={t('Allow an app')} bare>
      <div class="welcome consent">
        <span class="mark">
          <Icon name="key-round" size={32} />
        </span>
        <h1>
          <bdi>{app.name}</bdi>
        </h1>
        <p class="lead">{t('This app wants to act for you at {site}.', { site: siteName })}</p>
        <section class="panel">
          <h2>{t('It will be able to')}</h2>
          <ul class="ticks">
            {scopes.map((scope) => (
              <li>
                <Icon name={scope === 'admin' ? 'triangle-alert' : 'check'} size={20} />
                <span>{scopeText(t, scope)}</span>
              </li>
            ))}
          </ul>
          <p class="hint">
            {t('It does not learn your password, and cannot change it, your email address or your devices.')}
          </p>
        </section>
        <dl class="facts">
          <dt>{t('Signed in as')}</dt>
          <dd>@{handle}</dd>
          <dt>{t('You go on to')}</dt>
          <dd>
            <bdi class="address">{destination(redirectUri, t)}</bdi>
          </dd>
          {app.site && (
            <>
              <dt>{t('About the app')}</dt>
              <dd>
                <a href={app.site} rel="noopener noreferrer nofollow">
                  <bdi class="address">{app.site}</bdi>
                </a>
              </dd>
            </>
          )}
        </dl>
        <p class="hint">
          {app.ownerId === null
            ? t('The app gave its name itself. Nobody here has checked it.')
            : t('A member registered this app. Nobody here has checked it.')}
        </p>
        <form method="post" action="/oauth/authorize" class="stack">
          {request.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button primary wide" name="decision" value="allow">
            {t('Allow')}
          </button>
          <button class="button wide" name="decision" value="deny">
            {t('Do not allow')}
          </button>
        </form>
        <p class="aside">{t('You can take it back at any time under Account → Apps.')}</p>
      </div>
    </Layout>
  )
}
