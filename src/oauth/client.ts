import type { Context } from 'hono'
import type { Env } from '../context'
import { isSameSecret } from '../same-secret'
import { lookUpClient } from './apps'
import { OAuthError } from './errors'
import type { Parameters } from './parameters'
import { hashOf } from './secrets'
import type { AppRow } from './table'

const refused = () => new OAuthError('invalid_client', 'The client id or the secret is wrong.')

/**
 * Finds out which app makes the call: by `Authorization: Basic`, by a secret in the form, or, for apps that can keep no
 * secret, by the client id alone (RFC 6749, 2.3.1).
 */
export async function clientOf(c: Context<Env>, form: Parameters): Promise<AppRow> {
  const basic = basicOf(c.req.header('authorization'))
  if (basic && form.client_secret !== undefined)
    throw new OAuthError('invalid_request', 'Send the secret in one way only.')
  const [id = form.client_id, secret = form.client_secret] = basic ?? []
  if (id === undefined || (form.client_id !== undefined && form.client_id !== id)) throw refused()
  const app = await lookUpClient(c.var.app.db, id)
  if (!app) throw refused()
  const isProven = app.secretHash
    ? secret !== undefined && isSameSecret(app.secretHash, hashOf(secret))
    : secret === undefined
  if (!isProven) throw refused()
  return app
}

/** The id and the secret in a header. Both are encoded as in forms. */
function basicOf(header: string | undefined): [id: string, secret: string] | undefined {
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(header ?? '') ?? []
  if (!encoded) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) throw refused()
  return [plain(text.slice(0, colon)), plain(text.slice(colon + 1))]
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refused()
  }
}
