import type { SessionJson } from '../../shapes/sessions'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { Ago } from '../parts/time'

export function SessionsPage({ sessions }: { sessions: SessionJson[] }) {
  const t = useT()
  return (
    <Layout title={t('My devices')} back="/users/account">
      <p class="lead">
        {t('You are signed in on these devices. Sign out any that you do not recognise, then change your password.')}
      </p>
      <ul class="rows">
        {sessions.map((session) => (
          <SessionRow session={session} />
        ))}
      </ul>
    </Layout>
  )
}

function SessionRow({ session }: { session: SessionJson }) {
  const t = useT()
  return (
    <li class="row">
      <Icon name="smartphone" />
      <div class="what">
        <strong>{session.name}</strong>
        <span class="hint">
          {session.current ? t('This device') : t('Last seen')} {!session.current && <Ago at={session.lastSeenAt} />}
        </span>
      </div>
      {session.current ? (
        <Act action="/sessions/current" method="delete">
          {t('Sign out')}
        </Act>
      ) : (
        <Act action={`/sessions/${session.id}`} method="delete" live target="closest li" done={t('Signed out.')}>
          {t('Sign out')}
        </Act>
      )}
    </li>
  )
}
