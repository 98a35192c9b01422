import { z } from 'zod'
import { decodedPart } from './url-part'

/** The mail server that sends our mail, and the address of the sender. */
export type Smtp = Readonly<{
  host: string
  port: number
  /** Whether the connection begins with TLS (`smtps:`); otherwise it uses STARTTLS. */
  secure: boolean
  auth: { user: string; pass: string } | undefined
  /** Whether TLS with a valid certificate is required. Without it, mail is not sent and waits. */
  needsTls: boolean
  from: string
}>

export const SMTP_FORM = 'an address like smtp://user:password@mail.example.org:587?from=photos@example.org'

const isThisMachine = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host)
const isAddress = (text: string) => z.email().max(254).safeParse(text).success

/**
 * Parses the address of a mail server with the scheme `smtp:` (port 587, or 25 on this machine) or `smtps:` (port 465).
 * In the query, `from` is the sender's address; the default is the user if that is an address, else `pinhole@` the
 * server. `tls` is `required` or `optional`; the default is `optional` only for a server on this machine. Returns
 * undefined for an invalid address.
 */
export function parseSmtp(text: string): Smtp | undefined {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || !/^\/?$/.test(url.pathname)) return undefined
  const { from: sender, tls, ...others } = Object.fromEntries(url.searchParams)
  const [user, pass] = [decodedPart(url.username), decodedPart(url.password)]
  const from = sender ?? (isAddress(user ?? '') ? user : `pinhole@${url.hostname}`) ?? ''
  const isKnown = !Object.keys(others).length && (tls === undefined || tls === 'required' || tls === 'optional')
  if (
    !isKnown ||
    user === undefined ||
    pass === undefined ||
    !user !== !pass ||
    (sender !== undefined && !isAddress(sender))
  )
    return undefined
  const isHere = isThisMachine(url.hostname)
  const secure = url.protocol === 'smtps:'
  const plainPort = isHere ? 25 : 587
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : plainPort),
    secure,
    auth: user ? { user, pass } : undefined,
    needsTls: tls ? tls === 'required' : !isHere,
    from,
  }
}
