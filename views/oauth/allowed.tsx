import type { AllowedAppJson } from '../../shapes/apps'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { Place } from '../parts/place'
import { scopeText } from '../parts/scope'
import { Ago } from '../parts/time'

type List = { apps: AllowedAppJson[] }

export const AllowedAppsPart = ({ apps }: List) => (
  <>
    {apps.map((app) => (
      <AllowedAppRow app={app} />
    ))}
  </>
)

function AllowedAppRow({ app: { id, name, site, scopes, createdAt, lastUsedAt } }: { app: AllowedAppJson }) {
  const t = useT()
  return (
    <li class="row" id={`app-${id}`}>
      <Icon name="key-round" />
      <div class="what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span class="hint">{scopes.map((scope) => scopeText(t, scope)).join(' · ')}</span>
        <span class="hint">
          {lastUsedAt ? t('Last used') : t('Allowed')} <Ago at={lastUsedAt ?? createdAt} />
        </span>
        {site && (
          <a class="hint" href={site} rel="noopener noreferrer nofollow">
            <bdi class="address">{site}</bdi>
          </a>
        )}
      </div>
      <Act
        action={`/oauth/grants/${id}`}
        method="delete"
        live
        target={`#app-${id}`}
        done={t('The app is signed out.')}
        label={t('Sign out {name}', { name })}
      >
        {t('Remove')}
      </Act>
    </li>
  )
}

export function AllowedAppsPage({ apps }: List) {
  const t = useT()
  return (
    <Layout title={t('Apps')} back="/users/account">
      <p class="lead">
        {t(
          'These apps act for you without knowing your password. Removing one signs it out at once, and so does a new password.',
        )}
      </p>
      {apps.length ? (
        <ul class="rows">
          <AllowedAppsPart apps={apps} />
        </ul>
      ) : (
        <Empty icon="key-round" text={t('You have allowed no app.')} />
      )}
      <section class="panel">
        <h2>{t('For developers')}</h2>
        <ul class="places">
          <Place href="/oauth/apps" icon="code" text={t('Apps that I make')} />
        </ul>
      </section>
    </Layout>
  )
}
