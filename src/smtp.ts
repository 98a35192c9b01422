import { z } from 'zod'

/** The mail server to send through, and the sender's address. */
export type Smtp = Readonly<{
  host: string
  port: number
  /** Uses TLS from the first byte (`smtps:`); otherwise STARTTLS. */
  secure: boolean
  auth: { user: string; pass: string } | undefined
  /** Whether mail waits rather than being sent without TLS and a valid certificate. */
  needsTls: boolean
  from: string
}>

export const SMTP_FORM = 'an address like smtp://user:password@mail.example.org:587?from=photos@example.org'

const isThisMachine = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host)
const isAddress = (text: string) => z.email().max(254).safeParse(text).success

/**
 * Parses the URL of a mail server: `smtp:` (port 587, or 25 on this machine) or `smtps:` (465). In its query, `from` is
 * the sender's address, which defaults to the user if that is an address, and to `pinhole@` the host otherwise; `tls`
 * is `required`, or `optional`, the default for a server on this machine. Returns undefined when the URL is invalid.
 */
export function parseSmtp(text: string): Smtp | undefined {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || !/^\/?$/.test(url.pathname)) return undefined
  const { from: sender, tls, ...others } = Object.fromEntries(url.searchParams)
  const [user, pass] = [decoded(url.username), decoded(url.password)]
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

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
