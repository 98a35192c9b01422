import type { PropsWithChildren } from 'hono/jsx'
import type { AccountJson } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { bytesText } from '../parts/bytes'
import { Confirm } from '../parts/confirm'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { Place } from '../parts/place'
import { AccountForm } from './account-form'
import { AvatarForm } from './avatar-form'
import { DeleteAccountForm } from './delete-form'
import { EmailState } from './email-state'
import { PasswordForm } from './password-form'

type Props = { account: AccountJson }

/** `atStake` is the number of coins that the person would lose by deleting the account. */
export function AccountPage({ account, atStake }: Props & { atStake: number }) {
  const t = useT()
  return (
    <Layout title={t('Account')} back={`/users/${account.handle}`}>
      <section class="panel">
        <h2>{t('Profile')}</h2>
        <AvatarForm account={account} />
        <AccountForm account={account} />
      </section>
      <MailPanel account={account} />
      <Places account={account} />
      <section class="panel">
        <h2>{t('Storage')}</h2>
        <StorageMeter account={account} />
      </section>
      <section class="panel">
        <h2>{t('Password')}</h2>
        <PasswordForm />
      </section>
      <section class="panel">
        <h2>{t('Passkeys')}</h2>
        <p class="hint">
          {t('Sign in with the fingerprint, face or PIN of your device. That is safer and faster than a password.')}
        </p>
        <p class="buttons">
          <a class="button" href="/users/account/passkeys">
            <Icon name="key-round" size={20} /> {account.passkeys ? t('My passkeys') : t('Add a passkey')}
          </a>
        </p>
      </section>
      <section class="panel">
        <h2>{t('Two-step verification')}</h2>
        <p class="hint">
          {account.secondFactor
            ? t('Signing in takes your password and a code from your authenticator app.')
            : t('Signing in takes only your password. A code from an app on your phone makes it safer.')}
        </p>
        <p class="buttons">
          <a class="button" href="/users/account/totp">
            <Icon name="key-round" size={20} /> {account.secondFactor ? t('Change') : t('Set up two-step verification')}
          </a>
        </p>
      </section>
      <section class="panel">
        <h2>{t('Sign out or leave')}</h2>
        <div class="buttons">
          <Act action="/sessions/current" method="delete">
            <Icon name="log-out" size={20} /> {t('Sign out')}
          </Act>
        </div>
        <Confirm
          label={t('Delete my account')}
          question={t('Your profile, your posts and all your photos will be permanently deleted.')}
        >
          <DeleteAccountForm atStake={atStake} />
        </Confirm>
      </section>
    </Layout>
  )
}

/** Shown only when the server can send mail. */
function MailPanel({ account }: Props) {
  const { t, hasMail } = useFrame()
  if (!hasMail) return null
  return (
    <section class="panel">
      <h2>{t('Your email address')}</h2>
      <EmailState account={account} />
    </section>
  )
}

function StorageMeter({ account: { storage } }: Props) {
  const { t } = useFrame()
  const [used, limit] = [bytesText(storage.used, t.locale), bytesText(storage.limit, t.locale)]
  return (
    <div class="storage">
      <meter
        min="0"
        max={String(storage.limit)}
        high={storage.limit * 0.9}
        value={String(storage.used)}
        aria-label={t('Storage')}
      />
      <p class="hint">{t('{used} of {limit} used, including the resized copies of your photos.', { used, limit })}</p>
    </div>
  )
}

const Group = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section class="panel">
    <h2>{title}</h2>
    <ul class="places">{children}</ul>
  </section>
)

function Places({ account }: Props) {
  const { t, coins, hasMail } = useFrame()
  return (
    <>
      <Group title={t('Your activity')}>
        {coins !== null && <Place href="/coins" icon="wallet" text={t('Wallet')} />}
        <Place href="/bookmarks" icon="bookmark" text={t('Bookmarks')} />
        <Place href="/activity/likes" icon="heart" text={t('What I did')} />
        <Place href="/looks" icon="eye" text={t('Links for guests')} />
        <Place href="/files" icon="images" text={t('My files')} />
        <Place href="/users/account/exports" icon="download" text={t('My data')} />
        {account.role !== 'member' && <Place href="/admin" icon="shield" text={t('Staff desk')} />}
      </Group>
      <Group title={t('Notifications')}>
        <Place href="/notifications/settings" icon="bell-ring" text={t('Notification settings')} />
        <Place href="/push/subscriptions" icon="bell" text={t('Push notifications')} />
        {hasMail && <Place href="/mail" icon="mail" text={t('Mail')} />}
      </Group>
      <Group title={t('People')}>
        <Place href="/invites" icon="ticket" text={t('Invitations')} />
        {account.private && <Place href="/follows/requests" icon="user-round-plus" text={t('Follow requests')} />}
        <Place href="/mutes" icon="volume-x" text={t('Muted people')} />
        <Place href="/muted-words" icon="hash" text={t('Muted words')} />
        <Place href="/blocks" icon="ban" text={t('Blocked people')} />
      </Group>
      <Group title={t('Devices and scripts')}>
        <Place href="/sessions/accounts" icon="repeat" text={t('Switch account')} />
        <Place href="/sessions" icon="smartphone" text={t('My devices')} />
        <Place href="/tokens" icon="key-round" text={t('Personal tokens')} />
        <Place href="/api/docs" icon="code" text={t('API for scripts')} />
      </Group>
    </>
  )
}
