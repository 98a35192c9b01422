import type { Context } from 'hono'
import type { PasskeyHindrance } from '../../shapes/passkeys'
import type { Env } from '../context'
import { node } from '../node'
import type { PasskeyPlace } from '../ports/sessions'
import { Problem } from '../problem'
import { originOf } from './client'

const isLocal = (host: string) => host === 'localhost' || host.endsWith('.localhost')

/** Tells why browsers will not use passkeys on this page, or undefined if they will. */
export function passkeyHindrance(c: Context<Env>): PasskeyHindrance | undefined {
  const { hostname, protocol, host } = new URL(originOf(c))
  if (node.net.isIP(hostname.replace(/^\[|\]$/g, ''))) return 'ip_address'
  if (protocol !== 'https:' && !isLocal(hostname)) return 'plain_http'
  const asked = (c.req.header('host') ?? host).toLowerCase()
  return asked === host || c.var.format === 'json' ? undefined : 'other_address'
}

const REFUSALS: Record<PasskeyHindrance, { message: string }> = {
  plain_http: {
    message: 'Passkeys need https, which this server does not have. Use a password, or ask the staff to set https up.',
  },
  ip_address: {
    message: 'Passkeys need an address with a name, such as photos.example.org. They do not work at an IP address.',
  },
  other_address: { message: 'Passkeys work only at the main address of this community.' },
}

/** The place of the passkeys of this server. Throws 409 `passkeys_unavailable` where browsers refuse them. */
export function passkeyPlace(c: Context<Env>): PasskeyPlace {
  const reason = passkeyHindrance(c)
  if (reason) throw new Problem('conflict', REFUSALS[reason].message, { code: 'passkeys_unavailable', reason })
  const origin = new URL(originOf(c)).origin
  return { origin, host: new URL(origin).hostname }
}
