import type { Context } from 'hono'
import type { Scope } from '../../shapes/tokens'
import type { Env } from '../context'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { withoutApi } from './format'
import { changesNothing } from './methods'
import { viewer } from './viewer'

/** The calls that move coins. Everything else that changes something takes the scope `write`. */
const COINS = /^\/(coins\/|library\/|looks(\/\d+)?$|posts\/[^/]+\/gifts$)/

/** The scope that a request needs. The staff desk has a scope of its own, for reading as well. */
export function scopeFor(method: string, path: string): Scope {
  const place = withoutApi(path)
  if (/^\/admin(\/|$)/.test(place)) return 'admin'
  if (/^\/uploads(\/|$)/.test(place)) return 'write'
  if (changesNothing(method)) return 'read'
  return COINS.test(place) ? 'coins' : 'write'
}

/** The refusal names the missing scope, also in a header, as RFC 6750 section 3.1 describes. */
const missing = (scope: Scope) =>
  new Problem(
    'forbidden',
    'This token does not have the scope {scope}. Use one that has it.',
    { code: 'insufficient_scope', scope },
    { scope },
  )

/** Throws when a personal token, or one of an app, does not have this scope. The session of a person has all of them. */
export function requireScope(held: Scope[] | null | undefined, scope: Scope): void {
  if (held && !held.includes(scope)) throw missing(scope)
}

/** Keeps personal tokens to their scopes. */
export function checkScope(c: Context<Env>): void {
  // A token can always revoke itself.
  const leaves = c.req.method === 'DELETE' && /\/sessions\/current$/.test(c.req.path)
  if (!leaves) requireScope(c.var.viewer?.scopes, scopeFor(c.req.method, c.req.path))
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
