import { isOfDomain } from '../../shapes/domains'
import type { Settings } from '../../shapes/settings'
import { invalidFields } from '../problem'

/** Translates a sentence. */
type Say = (sentence: string, values: Record<string, string>) => string
type Rules = Pick<Settings, 'allowedDomains' | 'blockedDomains'>

const refused = (message: string) => invalidFields({ path: 'email', message })

/** Refuses an address whose domain the host does not want. Subdomains belong to their domain. */
export function requireAllowedDomain(email: string, { allowedDomains, blockedDomains }: Rules, t: Say): void {
  if (isOfDomain(email, blockedDomains))
    throw refused(t('Addresses of this provider cannot be used here. Please use another one.', {}))
  if (allowedDomains.length && !isOfDomain(email, allowedDomains))
    throw refused(t('Only these addresses can be used here: {domains}', { domains: shown(allowedDomains) }))
}

const shown = (domains: string[]) =>
  domains
    .slice(0, 5)
    .map((domain) => `@${domain}`)
    .join(', ')

type Joining = Pick<Settings, 'registration' | 'confirmEmail'> & Rules

/**
 * Whether somebody who signs up has to confirm an address before they take part. It is asked where anybody may sign up
 * and there is a mail server.
 */
export const mustConfirm = ({ registration, confirmEmail }: Joining, hasMail: boolean): boolean =>
  registration === 'open' && confirmEmail && hasMail

/** Whether somebody who signs up has to give an address: without one, the list of allowed domains would say nothing. */
export const needsEmail = ({ registration, allowedDomains }: Joining): boolean =>
  registration === 'open' && allowedDomains.length > 0

/** The error (422 at `email`) for somebody who signs up without an address where one is needed. */
export const emailNeeded = (t: Say) => refused(t('Please enter your email address.', {}))
