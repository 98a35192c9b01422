import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from '../context'

/** The codes of errors that an app is told (RFC 6749, 4.1.2.1 and 5.2; RFC 7591, 3.2.2). */
export type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'access_denied'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'

/** An error that an app is told in the words of the standard. `description` is for its developer, in English. */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthCode,
    readonly description: string,
  ) {
    super(description)
  }
}

/** Answers an app with JSON that nobody may keep. */
export function answerApp(c: Context<Env>, body: object, status: ContentfulStatusCode = 200) {
  c.header('cache-control', 'no-store')
  return c.json(body, status)
}

/** Runs the work of a call that apps make, and answers its errors as RFC 6749 section 5.2 describes. */
export async function forApp(c: Context<Env>, work: () => Promise<Response>): Promise<Response> {
  c.set('format', 'json')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const isUnknown = error.code === 'invalid_client'
    if (isUnknown) c.header('www-authenticate', 'Basic realm="apps"')
    return answerApp(c, { error: error.code, error_description: error.description }, isUnknown ? 401 : 400)
  }
}
