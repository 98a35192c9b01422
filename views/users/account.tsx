import type { PropsWithChildren } from 'hono/jsx'
import type { AccountJson } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { Place } from '../parts/place'
import { storageText } from '../parts/storage'
import { languageName } from '../words/format'

type Props = { account: AccountJson }

/** The list of everything that members set for themselves. Each row opens a page with one purpose. */
export function AccountPage({ account }: Props) {
  const t = useT()
  return (
    <Layout title={t('Account')} back={`/users/${account.handle}`}>
      <ProfileRow account={account} />
      <Mine account={account} />
      <SignIn account={account} />
      <Settings account={account} />
      <Group title={t('Community and data')}>
        <Place href="/invites" icon="ticket" text={t('Invitations')} />
        <Place href="/oauth/grants" icon="briefcase" text={t('Apps')} />
        <Place href="/hooks" icon="link" text={t('Webhooks')} />
        <Place href="/tokens" icon="key-round" text={t('Personal tokens')} />
        <Place href="/api/docs" icon="code" text={t('API for scripts')} />
        <Place href="/users/account/exports" icon="download" text={t('My data')} />
        <Place
          href="/users/account/leaving"
          icon="user-round-x"
          text={t('Leaving')}
          note={t('Delete the account and everything in it')}
        />
      </Group>
      <div class="panel">
        <Act action="/sessions/current" method="delete">
          <Icon name="log-out" size={20} /> {t('Sign out')}
        </Act>
      </div>
    </Layout>
  )
}

const Group = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section class="panel group">
    <h2>{title}</h2>
    <ul class="places">{children}</ul>
  </section>
)

function ProfileRow({ account }: Props) {
  const t = useT()
  return (
    <div class="panel group">
      <ul class="places">
        <li>
          <a href="/users/account/profile">
            <Avatar user={account} size={44} />
            <span>
              <strong>
                <bdi>{account.displayName}</bdi>
              </strong>
              <small class="hint">{t('Picture, name, about you and links')}</small>
            </span>
            <Icon name="chevron-right" size={20} />
          </a>
        </li>
      </ul>
    </div>
  )
}

function Mine({ account }: Props) {
  const { t, coins } = useFrame()
  return (
    <Group title={t('Your activity')}>
      {coins !== null && <Place href="/coins" icon="wallet" text={t('Wallet')} />}
      <Place href="/bookmarks" icon="bookmark" text={t('Bookmarks')} />
      <Place href="/activity/likes" icon="heart" text={t('What I did')} />
      <Place href="/looks" icon="eye" text={t('Links for guests')} />
      {account.role !== 'member' && <Place href="/admin" icon="shield" text={t('Staff desk')} />}
    </Group>
  )
}

function SignIn({ account }: Props) {
  const t = useT()
  const ways = [
    account.hasPassword && t('Password'),
    account.passkeys ? t('Passkeys') : null,
    account.secondFactor && t('Two-step verification'),
  ]
  return (
    <Group title={t('Signing in')}>
      <Place
        href="/users/account/security"
        icon="key-round"
        text={t('Sign-in and security')}
        note={ways.filter(Boolean).join(' · ')}
      />
      <EmailPlace account={account} />
      <Place href="/sessions" icon="smartphone" text={t('My devices')} />
      <Place href="/sessions/accounts" icon="repeat" text={t('Switch account')} />
    </Group>
  )
}

/** Says when mail does not reach the person, who would otherwise notice only when they need it. */
function EmailPlace({ account: { email, emailStatus } }: Props) {
  const { t, hasMail } = useFrame()
  const state = hasMail && email ? emailStatus : null
  const shown = email ?? t('Not set')
  const notes = {
    refused: t('Mail to {email} bounced.', { email: shown }),
    unverified: t('{email} is not confirmed yet.', { email: shown }),
    verified: shown,
  }
  const note = state ? notes[state] : shown
  const icon = state === null || state === 'verified' ? 'mail' : 'triangle-alert'
  return <Place href="/users/account/email" icon={icon} text={t('Email')} note={note} />
}

function Settings({ account }: Props) {
  const { t, timeZone } = useFrame()
  return (
    <Group title={t('Settings')}>
      <Place
        href="/notifications/settings"
        icon="bell"
        text={t('Notifications')}
        note={t('What you hear about, and when')}
      />
      <Place
        href="/users/account/privacy"
        icon="lock"
        text={t('Privacy and blocks')}
        note={account.private ? t('Private account') : null}
      />
      <Place
        href="/users/account/age"
        icon="circle-user-round"
        text={t('Posts for adults')}
        note={account.adult ? t('Your age is confirmed') : t('Your age is not confirmed')}
      />
      <Place
        href="/users/account/language"
        icon="globe"
        text={t('Language and time')}
        note={`${languageName(t.locale)} · ${timeZone.replaceAll('_', ' ')}`}
      />
      <Place href="/files" icon="hard-drive" text={t('Storage')} note={storageText(account.storage, t)} />
    </Group>
  )
}
