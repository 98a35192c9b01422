import type { FactorChange } from '../../shapes/second-factor'
import { sayDay } from '../words/format'
import type { Letter, Paper } from './letter'

type About = { paper: Paper; handle: string }

const whyAccount = ({ paper: { t, siteName }, handle }: About) =>
  t('You are getting this mail because it concerns your account {handle} at {name}.', {
    handle: `@${handle}`,
    name: siteName,
  })

/** The link opens a page with a button, because mail scanners open every link and must not confirm an address. */
export function verifyLetter(about: About, url: string): Letter {
  const { t, siteName } = about.paper
  return {
    subject: t('Confirm your email address'),
    preview: t('Press one button to receive mail from {name}.', { name: siteName }),
    parts: [
      {
        text: t('The account {handle} at {name} wants to use this email address. If it is yours, please confirm it.', {
          handle: `@${about.handle}`,
          name: siteName,
        }),
      },
      { button: t('Confirm this email address'), href: url },
      {
        hint: t(
          'The link works once, for three days. If you did not request it, ignore this mail. No other will follow.',
        ),
      },
    ],
    why: t('This email address was entered at {name}.', { name: siteName }),
  }
}

/** Sent to the previous address, so that the owner notices when someone else takes over the account. */
export function movedLetter(about: About): Letter {
  const { t, siteName, origin } = about.paper
  return {
    subject: t('Your email address was changed'),
    preview: t('Mail from {name} now goes to another address.', { name: siteName }),
    parts: [
      {
        text: t('The account {handle} at {name} no longer uses this address. Its mail now goes to another one.', {
          handle: `@${about.handle}`,
          name: siteName,
        }),
      },
      { text: t('If you did not change it, sign in, change your password and email address, and tell the staff.') },
      { button: t('Open my account'), href: `${origin}/users/account` },
    ],
    why: whyAccount(about),
  }
}

export function resetLetter(about: About, url: string): Letter {
  const { t, siteName } = about.paper
  return {
    subject: t('Choose a new password'),
    preview: t('The link works once, for one hour.'),
    parts: [
      {
        text: t(
          'Someone, hopefully you, forgot the password of {handle} at {name}. Use this link to choose a new one.',
          {
            handle: `@${about.handle}`,
            name: siteName,
          },
        ),
      },
      { button: t('Choose a new password'), href: url },
      {
        hint: t(
          'The link works once, for one hour. If you did not request it, just ignore it. Your password stays the same.',
        ),
      },
    ],
    why: whyAccount(about),
  }
}

export function passwordLetter(about: About): Letter {
  const { t, siteName, origin } = about.paper
  return {
    subject: t('Your password was changed'),
    preview: t('All other devices were signed out.'),
    parts: [
      {
        text: t('The password of {handle} at {name} was changed, and all other devices were signed out.', {
          handle: `@${about.handle}`,
          name: siteName,
        }),
      },
      { text: t('If you did not change it, choose a new one right away and tell the staff.') },
      { button: t('Choose a new password'), href: `${origin}/users/resets/requests/new` },
    ],
    why: whyAccount(about),
  }
}

/** Tells people that their account will be erased, so that they can come back, also if it was not them. */
export function leavingLetter(about: About, eraseAt: Date, timeZone: string): Letter {
  const { t, siteName, origin } = about.paper
  const day = sayDay(eraseAt, t.locale, timeZone)
  return {
    subject: t('Your account will be deleted'),
    preview: t('You can come back until {day}.', { day }),
    parts: [
      {
        text: t('The account {handle} at {name} is hidden now, and everything in it will be erased on {day}.', {
          handle: `@${about.handle}`,
          name: siteName,
          day,
        }),
      },
      { text: t('If you change your mind, or if this was not you, sign in before that day.') },
      { button: t('Sign in'), href: `${origin}/sessions/new` },
    ],
    why: whyAccount(about),
  }
}

/** Tells people about a sign-in on a device that the account does not know. */
export function deviceLetter(about: About, device: string): Letter {
  const { t, siteName, origin } = about.paper
  return {
    subject: t('A new device signed in to your account'),
    preview: device,
    parts: [
      {
        text: t('{handle} at {name} was opened on a device that was not used for it before: {device}', {
          handle: `@${about.handle}`,
          name: siteName,
          device,
        }),
      },
      { text: t('If this was not you, sign it out, choose a new password and tell the staff.') },
      { button: t('My devices'), href: `${origin}/sessions` },
    ],
    why: whyAccount(about),
  }
}

/** Tells people that a passkey was added or removed, so that they notice when it was somebody else. */
export function passkeyLetter(about: About, change: 'added' | 'removed'): Letter {
  const { t, siteName, origin } = about.paper
  const who = { handle: `@${about.handle}`, name: siteName }
  const subject = change === 'added' ? t('A passkey was added') : t('A passkey was removed')
  return {
    subject,
    preview: t('It is about {handle} at {name}.', who),
    parts: [
      {
        text:
          change === 'added'
            ? t('A passkey was added to {handle} at {name}. It can sign in without a password.', who)
            : t('A passkey of {handle} at {name} was removed. It can no longer sign in.', who),
      },
      { text: t('If this was not you, remove what you do not know, choose a new password and tell the staff.') },
      { button: t('My passkeys'), href: `${origin}/users/account/passkeys` },
    ],
    why: whyAccount(about),
  }
}

/** Tells people what happened to their second factor, so that they notice when it was somebody else. */
export function factorLetter(about: About, change: FactorChange, recoveryCodesLeft: number): Letter {
  const { t, siteName, origin } = about.paper
  const [subject, preview, text] = factorNews(about, change, recoveryCodesLeft)
  const alarm =
    change === 'reset'
      ? t('If you did not ask for this, tell the staff.')
      : t('If this was not you, choose a new password right away and tell the staff.')
  return {
    subject,
    preview,
    parts: [
      { text: `${text} ${t('It is about {handle} at {name}.', { handle: `@${about.handle}`, name: siteName })}` },
      { text: alarm },
      { button: t('Two-step verification'), href: `${origin}/users/account/totp` },
    ],
    why: whyAccount(about),
  }
}

/** The subject, the preview and the message of a mail about the second factor. */
function factorNews({ paper: { t } }: About, change: FactorChange, left: number): [string, string, string] {
  switch (change) {
    case 'on':
      return [
        t('Two-step verification is on'),
        t('All other devices were signed out.'),
        t(
          'Signing in now takes your password and a code from your authenticator app. All other devices were signed out.',
        ),
      ]
    case 'off':
      return [
        t('Two-step verification is off'),
        t('Signing in takes only your password again.'),
        t('Two-step verification was turned off. Signing in takes only your password again.'),
      ]
    case 'reset':
      return [
        t('Two-step verification is off'),
        t('Signing in takes only your password again.'),
        t(
          'The staff turned off your two-step verification, so that you can sign in with your password. Please set it up again.',
        ),
      ]
    case 'codes':
      return [
        t('You have new recovery codes'),
        t('The earlier ones no longer work.'),
        t('New recovery codes for two-step verification were created. The earlier ones no longer work.'),
      ]
    case 'recovery':
      return [
        t('A recovery code was used'),
        t({ one: '{n} recovery code is left.', other: '{n} recovery codes are left.' }, { n: left }),
        `${t('A recovery code was used in place of your authenticator app.')} ${t(
          { one: '{n} recovery code is left.', other: '{n} recovery codes are left.' },
          { n: left },
        )}`,
      ]
    case 'guessed':
      return [
        t('Someone is guessing your codes'),
        t('They seem to know your password.'),
        t(
          'Someone who seems to know your password keeps entering wrong codes. For a while, only recovery codes are accepted.',
        ),
      ]
  }
}

/** Tells somebody who asked to join what the staff decided. */
export function decisionLetter(about: About, approved: boolean, reason: string | null): Letter {
  const { t, siteName, origin } = about.paper
  const who = { handle: `@${about.handle}`, name: siteName }
  if (!approved)
    return {
      subject: t('Your sign-up was refused'),
      preview: t('It is about {handle} at {name}.', who),
      parts: [
        { text: t('The staff of {name} decided not to let {handle} join.', who) },
        ...(reason ? [{ text: t('Their reason: {reason}', { reason }) }] : []),
      ],
      why: whyAccount(about),
    }
  return {
    subject: t('Welcome to {name}', { name: siteName }),
    preview: t('You can sign in now.'),
    parts: [
      { text: t('The staff of {name} approved {handle}. You can sign in now.', who) },
      { button: t('Sign in'), href: `${origin}/sessions/new` },
    ],
    why: whyAccount(about),
  }
}

/** Tells somebody who answered a suspension what the staff decided. */
export function appealLetter(about: About, granted: boolean, answer: string | null): Letter {
  const { t, siteName, origin } = about.paper
  const who = { handle: `@${about.handle}` }
  return {
    subject: granted ? t('Your suspension was lifted') : t('Your account stays suspended'),
    preview: t('It is about {handle} at {name}.', { ...who, name: siteName }),
    parts: [
      {
        text: granted
          ? t('The staff read your answer and lifted the suspension of {handle}. You can sign in again.', who)
          : t('The staff read your answer. The suspension of {handle} stays.', who),
      },
      ...(answer ? [{ text: t('Their answer: {answer}', { answer }) }] : []),
      ...(granted ? [{ button: t('Sign in'), href: `${origin}/sessions/new` }] : []),
    ],
    why: whyAccount(about),
  }
}

/** The test mail that administrators send to check whether mail works. */
export function trialLetter(paper: Paper): Letter {
  const { t, siteName, origin } = paper
  return {
    subject: t('Test mail from {name}', { name: siteName }),
    preview: t('Sending mail works.'),
    parts: [
      { text: t('If you can read this, {name} can send mail.', { name: siteName }) },
      { button: t('Open {name}', { name: siteName }), href: origin },
    ],
    why: t('An administrator of {name} sent this as a test.', { name: siteName }),
  }
}
