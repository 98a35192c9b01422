import type { Context } from 'hono'
import type { App, Connection, Env } from '../context'
import type { Claims } from '../ports/sessions'
import { requireScope } from './scopes'
import { tokenOf } from './session-cookie'

/** The claims of the request's token, if the token is valid and its session has not ended. No query is made. */
export async function claimsOf(c: Context<Env>): Promise<Claims | null> {
  const { app } = c.var
  return stillOpen(app, await app.sessionTokens.read(tokenOf(app, c.req.raw, c.env)))
}

/** Returns the claims without waiting if the token was checked a moment ago. Null does not mean that it is invalid. */
export function knownClaims(app: App, request: Request, connection: Connection): Claims | null {
  const token = tokenOf(app, request, connection)
  return stillOpen(app, token ? app.sessionTokens.recall(token) : null)
}

/**
 * Returns the person whose media a request may open. Throws when a token without the scope for reading makes it, also
 * where visitors may look, as every other address does.
 */
export function readerOf(claims: Claims | null): number | null {
  requireScope(claims?.scopes, 'read')
  return claims?.userId ?? null
}

const stillOpen = ({ revoked }: App, claims: Claims | null | undefined): Claims | null =>
  claims && !revoked.sessions.has(claims.sessionId) ? claims : null
