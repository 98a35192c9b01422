import { z } from 'zod'
import { later } from './object'

/** A domain in the form in which mail servers know it: `한국.kr` is `xn--3e0b707e.kr`. Empty when it is no domain. */
const asciiOf = (domain: string) =>
  process.getBuiltinModule('node:url').domainToASCII(domain.trim().toLowerCase().replace(/\.$/, ''))

/** An email address whose domain is in ASCII (RFC 5890), so that each address has one form. */
const withAsciiDomain = (email: string) => {
  const at = email.lastIndexOf('@')
  return at < 0 ? email : `${email.slice(0, at + 1)}${asciiOf(email.slice(at + 1))}`
}

/** The part before the @ as zod checks it, and a domain, whose last part may be an internationalised one. */
const EMAIL =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

export const emailField = later(() =>
  z
    .string()
    .trim()
    .overwrite(withAsciiDomain)
    .max(254)
    .regex(EMAIL, 'This is not an email address.')
    .meta({ format: 'email' }),
)

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1)

/** A domain of the host's lists. People also write it as `@example.org` or `*.example.org`. */
const domainField = later(() =>
  z
    .string()
    .trim()
    .max(254)
    .overwrite((text) => asciiOf(text.replace(/^[*@.]+/, '')) || text)
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]{2,63}$/, 'Enter domains like example.org, one per line.')
    .meta({ format: 'domain' }),
)

export const domainsField = later(() => z.array(domainField()).max(1000, 'You can list at most 1,000 domains.'))

/** Whether the address belongs to one of the domains or to a subdomain of one. */
export function isOfDomain(email: string, domains: string[]): boolean {
  const domain = domainOf(email)
  return domains.some((each) => domain === each || domain.endsWith(`.${each}`))
}
