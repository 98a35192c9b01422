import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { AgreeField } from '../pages/agreement'
import { Announcement } from '../parts/announcement'
import { Field, typed } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { sayings } from '../parts/passkey'
import { Welcome } from '../parts/welcome'
import type { Registration } from '../sessions/sign-in'
import { NewAccount } from './fields'

/** Whether the form asks for an email address. */
type Needs = { email: 'needed' | 'offered' | 'hidden'; passkeys: boolean }

export function SignUpForm({ invite, passkeys, email, ...form }: FormProps & Needs & { invite?: string }) {
  const t = useT()
  const token = typed(form, 'invite', invite)
  return (
    <Form action="/users" live class="stack">
      <FormProblem {...form} />
      {token && <input type="hidden" name="invite" value={token} />}
      {passkeys && <input type="hidden" name="passkey" value={typed(form, 'passkey')} />}
      <NewAccount {...form} />
      {email !== 'hidden' && (
        <Field
          label={t('Email')}
          name="email"
          type="email"
          autocomplete="email"
          maxlength={254}
          required={email === 'needed'}
          hint={
            email === 'needed'
              ? t('We send a link to it. Open the link to take part.')
              : t('Optional. With it you can reset a forgotten password.')
          }
          {...form}
        />
      )}
      <AgreeField {...form} />
      <button class="button primary wide">{t('Create my account')}</button>
      {passkeys && (
        <button type="button" class="button wide scripted" data-passkey="join" {...sayings(t)}>
          <Icon name="key-round" size={20} /> {t('Use a passkey instead of a password')}
        </button>
      )}
    </Form>
  )
}

type Props = Needs & { invite?: string; inviter?: string; registration: Registration }

/** `passkeys` tells whether they work at the address of the page. */
export function SignUpPage({ invite, inviter, registration, ...needs }: Props) {
  const { t, siteName, description } = useFrame()
  const welcome = registration === 'open' || (registration === 'invite' && invite)
  return (
    <Layout title={t('Join {name}', { name: siteName })} bare>
      <Announcement />
      {welcome ? (
        <Welcome
          title={t('Join {name}', { name: siteName })}
          {...(invite && {
            text: inviter
              ? t('{name} invites you. Choose a name, a handle and a password.', { name: inviter })
              : t('You are invited. Choose a name, a handle and a password.'),
          })}
        >
          {description && <p class="bio">{description}</p>}
          <SignUpForm {...(invite && { invite })} {...needs} />
          <SignInHint />
        </Welcome>
      ) : (
        <Welcome
          title={registration === 'invite' ? t('Joining is by invitation only') : t('Sign-up is closed')}
          text={
            registration === 'invite'
              ? t('To join, ask a member for an invitation link.')
              : t('New members cannot join at the moment.')
          }
        >
          <SignInHint />
        </Welcome>
      )}
    </Layout>
  )
}

function SignInHint() {
  const t = useT()
  return (
    <p class="aside">
      {t('Already a member?')} <a href="/sessions/new">{t('Sign in')}</a>
    </p>
  )
}

/** Shown to somebody who has signed up where the staff approve new members. */
export function WaitingPage() {
  const { t, siteName, hasMail } = useFrame()
  return (
    <Layout title={t('Your account is waiting')} bare>
      <Announcement />
      <Welcome
        title={t('Thank you for asking to join {name}', { name: siteName })}
        text={t('The staff look at new accounts before they let them in. Sign in to see whether they have decided.')}
      >
        {hasMail && (
          <p class="hint">
            {t('If you gave an email address, open the link that we sent to it. Then we can mail you the decision.')}
          </p>
        )}
        <a class="button primary wide" href="/sessions/new">
          {t('Sign in')}
        </a>
      </Welcome>
    </Layout>
  )
}
