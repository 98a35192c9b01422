import type { Letter, Paper } from './letter'

type About = { paper: Paper; handle: string }

const whyAccount = ({ paper: { t, siteName }, handle }: About) =>
  t('You get this because it is about your account {handle} at {name}.', { handle: `@${handle}`, name: siteName })

/** Opens a page with one button, since scanners open every link in a mail. */
export function verifyLetter(about: About, url: string): Letter {
  const { t, siteName } = about.paper
  return {
    subject: t('Confirm your email address'),
    preview: t('One press, and mail from {name} reaches you here.', { name: siteName }),
    parts: [
      {
        text: t('The account {handle} at {name} wants to use this address. If that is you, confirm it.', {
          handle: `@${about.handle}`,
          name: siteName,
        }),
      },
      { button: t('Confirm this address'), href: url },
      {
        hint: t(
          'The link works once, for three days. If you did not ask for this, do nothing: nothing else will be sent here.',
        ),
      },
    ],
    why: t('Somebody entered this address at {name}.', { name: siteName }),
  }
}

/** To the address before, so that nobody takes an account over in silence. */
export function movedLetter(about: About): Letter {
  const { t, siteName, origin } = about.paper
  return {
    subject: t('Your email address was changed'),
    preview: t('Mail from {name} goes to another address from now on.', { name: siteName }),
    parts: [
      {
        text: t(
          'The account {handle} at {name} does not use this address any more. What it sends goes to another one from now on.',
          {
            handle: `@${about.handle}`,
            name: siteName,
          },
        ),
      },
      { text: t('If that was not you, sign in, change your password and your address, and tell the staff.') },
      { button: t('Open my account'), href: `${origin}/users/account` },
    ],
    why: whyAccount(about),
  }
}

export function resetLetter(about: About, url: string): Letter {
  const { t, siteName } = about.paper
  return {
    subject: t('Choose a new password'),
    preview: t('The link works once, for an hour.'),
    parts: [
      {
        text: t(
          'Somebody, hopefully you, forgot the password of {handle} at {name}. With this link you choose a new one.',
          {
            handle: `@${about.handle}`,
            name: siteName,
          },
        ),
      },
      { button: t('Choose a new password'), href: url },
      {
        hint: t(
          'The link works once, for an hour. If you did not ask for it, do nothing: your password stays as it is.',
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
    preview: t('All other devices are signed out.'),
    parts: [
      {
        text: t('The password of {handle} at {name} was changed, and all other devices were signed out.', {
          handle: `@${about.handle}`,
          name: siteName,
        }),
      },
      { text: t('If that was not you, choose a new one at once and tell the staff.') },
      { button: t('Choose a new password'), href: `${origin}/users/resets/requests/new` },
    ],
    why: whyAccount(about),
  }
}

/** What staff send themselves to see whether mail arrives. */
export function trialLetter(paper: Paper): Letter {
  const { t, siteName, origin } = paper
  return {
    subject: t('A test mail from {name}', { name: siteName }),
    preview: t('Mail works.'),
    parts: [
      { text: t('If you can read this, mail from {name} arrives.', { name: siteName }) },
      { button: t('Open {name}', { name: siteName }), href: origin },
    ],
    why: t('An administrator of {name} sent this as a test.', { name: siteName }),
  }
}
