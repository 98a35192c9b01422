import { useFrame } from '../frame'
import { Layout } from '../layout'
import { Icon } from '../parts/icon'
import { destination } from './consent'

type Props = {
  app: { name: string }
  redirectUri: string
  /** The address of the app, with the mistake. */
  back: string
  mistake: { code: string; description: string }
}

/** Says that an app asked wrongly, and lets the person decide whether to go where the app wants them to go. */
export function MistakenPage({ app, redirectUri, back, mistake }: Props) {
  const { t } = useFrame()
  return (
    <Layout title={t('Allow an app')} bare>
      <div class="welcome consent">
        <span class="mark">
          <Icon name="triangle-alert" size={32} />
        </span>
        <h1>
          <bdi>{app.name}</bdi>
        </h1>
        <p class="lead">{t('This app asked for something in a wrong way. Tell the people who make it:')}</p>
        <section class="panel">
          <p lang="en" translate="no">
            <code>{mistake.code}</code> · {mistake.description}
          </p>
        </section>
        <dl class="facts">
          <dt>{t('You go on to')}</dt>
          <dd>
            <bdi class="address">{destination(redirectUri, t)}</bdi>
          </dd>
        </dl>
        <a class="button wide" href={back} rel="noopener noreferrer nofollow">
          {t('Go to the app')}
        </a>
        <a class="button primary wide" href="/">
          {t('Go to the main page')}
        </a>
      </div>
    </Layout>
  )
}
