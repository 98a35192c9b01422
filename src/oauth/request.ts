import type { Scope } from '../../shapes/tokens'
import type { Reader } from '../db/open'
import { Problem } from '../problem'
import { lookUpClient } from './apps'
import { OAuthError } from './errors'
import { type Parameters, parametersOf, required, scopesOf } from './parameters'
import { isRegistered } from './redirects'
import type { AppRow } from './table'

/** The way back to the app. Nobody is sent to an address before it was compared with those that the app registered. */
export type Way = { app: AppRow; redirectUri: string; state: string | undefined }
export type AuthorizationRequest = Way & { scopes: Scope[]; challenge: string }

/**
 * Finds the app and its address in a request. If one of them is wrong, the person is told and not sent anywhere, since
 * the request may lead them to somebody else.
 */
export async function wayOf(db: Reader, query: URLSearchParams): Promise<Way> {
  const one = (name: string) => {
    const values = query.getAll(name)
    return values.length === 1 ? values[0] : undefined
  }
  const app = await lookUpClient(db, one('client_id') ?? '')
  if (!app)
    throw new Problem('invalid', 'This app is not registered here. Tell the people who make it.', {
      code: 'unknown_app',
    })
  const redirectUri = one('redirect_uri') ?? ''
  if (!isRegistered(app.redirectUris, redirectUri))
    throw new Problem('invalid', 'This app sent an address that it has not registered. Tell the people who make it.', {
      code: 'unknown_redirect',
    })
  return { app, redirectUri, state: one('state') }
}

/** The parameters that mean something. No other one is sent on by the page on which a person decides. */
const MEANT = [
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]

/** The parameters of a request for authorization that the page of consent sends on. */
export const meantIn = (query: URLSearchParams): [name: string, value: string][] =>
  [...query].filter(([name]) => MEANT.includes(name))

/** Reads what the app asks for. The app is told what is wrong with it. */
export function requestOf(way: Way, query: URLSearchParams): AuthorizationRequest {
  const parameters: Parameters = parametersOf(query)
  if (required(parameters, 'response_type') !== 'code')
    throw new OAuthError('unsupported_response_type', 'The response type must be code.')
  if ((parameters.response_mode ?? 'query') !== 'query')
    throw new OAuthError('invalid_request', 'The response mode must be query.')
  const challenge = required(parameters, 'code_challenge')
  if (parameters.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    throw new OAuthError('invalid_request', 'Send a code_challenge with the method S256 (RFC 7636).')
  return { ...way, scopes: scopesOf(parameters.scope), challenge }
}

/** The address of the app with an answer. `iss` says which server gave it (RFC 9207). */
export function backTo({ redirectUri, state }: Way, issuer: string, answer: Record<string, string>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ ...answer, ...(state !== undefined && { state }), iss: issuer }))
    url.searchParams.set(name, value)
  return url.href
}
