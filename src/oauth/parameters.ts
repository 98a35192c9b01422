import type { Context } from 'hono'
import { SCOPES, type Scope } from '../../shapes/tokens'
import { textOf } from '../http/text'
import { OAuthError } from './errors'

export type Parameters = Record<string, string>

/** Reads parameters. None may occur twice, and an empty one counts as left out (RFC 6749, 3.1). */
export function parametersOf(given: URLSearchParams): Parameters {
  const found: Parameters = {}
  for (const [name, value] of given) {
    if (Object.hasOwn(found, name)) throw new OAuthError('invalid_request', `The parameter ${name} occurs twice.`)
    if (value) found[name] = value
  }
  return found
}

/** Reads the form that an app sends. */
export async function formOf(c: Context): Promise<Parameters> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? ''))
    throw new OAuthError('invalid_request', 'Send the parameters as application/x-www-form-urlencoded.')
  return parametersOf(new URLSearchParams(await textOf(c, true)))
}

/** Reads a parameter. Throws `invalid_request` when it is missing. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name]
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`)
  return value
}

/** Reads a list of scopes, which are separated by spaces. Without one, an app may only read. */
export function scopesOf(text = 'read'): Scope[] {
  const asked = text.split(' ').filter(Boolean)
  const unknown = asked.find((each) => !SCOPES.includes(each as Scope))
  if (unknown !== undefined || !asked.length)
    throw new OAuthError('invalid_scope', `The scopes are ${SCOPES.join(', ')}, separated by spaces.`)
  return SCOPES.filter((scope) => asked.includes(scope))
}
