import type { PropsWithChildren } from 'hono/jsx'
import type { AccountJson } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Place } from '../parts/place'
import { EmailForm, LanguageForm, PrivacyForm, ProfileForm } from './account-forms'
import { AvatarForm } from './avatar-form'
import { DeleteAccountForm } from './delete-form'
import { EmailState } from './email-state'
import { PasswordForm } from './password-form'

type Props = { account: AccountJson }

const Sub = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <Layout title={title} back="/users/account">
    {children}
  </Layout>
)

export function ProfilePage({ account }: Props) {
  const t = useT()
  return (
    <Sub title={t('Edit profile')}>
      <section class="panel">
        <AvatarForm account={account} />
        <ProfileForm account={account} />
      </section>
    </Sub>
  )
}

export function EmailPage({ account }: Props) {
  const { t, hasMail } = useFrame()
  return (
    <Sub title={t('Your email address')}>
      <section class="panel">
        {hasMail && <EmailState account={account} />}
        <EmailForm account={account} />
      </section>
    </Sub>
  )
}

export function LanguagePage({ account }: Props) {
  const t = useT()
  return (
    <Sub title={t('Language and time')}>
      <section class="panel">
        <LanguageForm account={account} />
      </section>
    </Sub>
  )
}

export function PrivacyPage({ account }: Props) {
  const t = useT()
  return (
    <Sub title={t('Privacy and blocks')}>
      <section class="panel">
        <PrivacyForm account={account} />
      </section>
      <section class="panel">
        <ul class="places">
          {account.private && <Place href="/follows/requests" icon="user-round-plus" text={t('Follow requests')} />}
          <Place href="/mutes" icon="volume-x" text={t('Muted people')} />
          <Place href="/muted-posts" icon="eye-off" text={t('Not interested')} />
          <Place href="/muted-words" icon="hash" text={t('Muted words')} />
          <Place href="/blocks" icon="ban" text={t('Blocked people')} />
        </ul>
      </section>
    </Sub>
  )
}

export function SecurityPage({ account }: Props) {
  const t = useT()
  return (
    <Sub title={t('Sign-in and security')}>
      <section class="panel">
        <ul class="places">
          <Place
            href="/users/account/passkeys"
            icon="fingerprint-pattern"
            text={account.passkeys ? t('My passkeys') : t('Add a passkey')}
            note={t(
              'Sign in with the fingerprint, face or PIN of your device. That is safer and faster than a password.',
            )}
          />
          <Place
            href="/users/account/totp"
            icon="key-round"
            text={account.secondFactor ? t('Two-step verification') : t('Set up two-step verification')}
            note={
              account.secondFactor
                ? t('Signing in takes your password and a code from your authenticator app.')
                : t('Signing in takes only your password. A code from an app on your phone makes it safer.')
            }
          />
        </ul>
      </section>
      <section class="panel">
        <h2>{account.hasPassword ? t('Change password') : t('Password')}</h2>
        <PasswordForm />
      </section>
    </Sub>
  )
}

/**
 * `atStake` is the number of coins that the person would lose by deleting the account, and `graceDays` for how many days
 * they could come back.
 */
export function LeavingPage(props: { atStake: number; graceDays: number }) {
  const t = useT()
  return (
    <Sub title={t('Leaving')}>
      <section class="panel">
        <h2>{t('Delete my account')}</h2>
        <p>
          {props.graceDays > 0
            ? t('Your profile, your posts and all your photos will be deleted.')
            : t('Your profile, your posts and all your photos will be permanently deleted.')}
        </p>
        <DeleteAccountForm {...props} />
      </section>
    </Sub>
  )
}
