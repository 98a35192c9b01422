import type { Context } from 'hono'
import type { Scope } from '../../shapes/tokens'
import type { Env } from '../context'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { viewer } from './viewer'

/** The calls that move coins. Everything else that changes something takes the scope `write`. */
const COINS = /^\/(coins\/|library\/|looks(\/\d+)?$|posts\/[^/]+\/gifts$)/

/** The scope that a request needs. The staff desk has a scope of its own, for reading as well. */
export function scopeFor(method: string, path: string): Scope {
  const place = path.replace(/^\/api(?=\/)/, '')
  if (/^\/admin(\/|$)/.test(place)) return 'admin'
  if (/^\/uploads(\/|$)/.test(place)) return 'write'
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return 'read'
  return COINS.test(place) ? 'coins' : 'write'
}

/** Keeps personal tokens to their scopes. The refusal names the missing scope, as RFC 6750 section 3.1 describes. */
export function checkScope(c: Context<Env>): void {
  const held = c.var.viewer?.scopes
  if (!held) return
  const needed = scopeFor(c.req.method, c.req.path)
  // A token can always revoke itself.
  const leaves = c.req.method === 'DELETE' && /\/sessions\/current$/.test(c.req.path)
  if (held.includes(needed) || leaves) return
  c.header('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`)
  throw new Problem(
    'forbidden',
    'This token does not have the scope {scope}.',
    { code: 'insufficient_scope', scope: needed },
    { scope: needed },
  )
}

/**
 * The signed-in person, for what decides about an account itself: its password, email address, devices and tokens.
 * Throws 403 when a personal token makes the request.
 */
export function inPerson(c: Context<Env>): Viewer {
  const me = viewer(c)
  if (me.scopes) throw new Problem('forbidden', 'A token cannot do this. Sign in with your password instead.')
  return me
}
