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
      {sessions.length > 1 && (
        <section class="panel">
          <Act action="/sessions" method="delete" button="button danger">
            {t('Sign out all other devices')}
          </Act>
        </section>
      )}
    </Layout>
  )
}

function SessionRow({ session }: { session: SessionJson }) {
  const t = useT()
  return (
    <li class="row">
      <Icon name="smartphone" />
      <div class="what">
        <strong title={session.name}>{session.device}</strong>
        <span class="hint">
          {session.passkey && <>{t('Signed in with a passkey')} · </>}
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
