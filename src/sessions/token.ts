import type { Scope } from '../../shapes/tokens'
import type { Keys } from '../keys'
import type { Claims, SessionTokens } from '../ports/sessions'
import { readToken, signToken } from '../signed-token'

/**
 * Signs and reads session tokens. A token identifies its owner without a query; the database row decides whether the
 * session is still open.
 */
export const createSessionTokens = (keys: () => Keys, now: () => Date): SessionTokens => {
  const checked = createMemory(now)
  return {
    sign: ({ id, userId, expiresAt, scopes }) =>
      signToken(keys()[0], {
        audience: 'session',
        subject: userId,
        claims: { sid: id, ...(scopes && { scopes }) },
        expiresAt,
      }),

    /** Returns the claims of a recently verified token. */
    recall: checked.recall,

    async read(token: string | undefined): Promise<Claims | null> {
      if (!token) return null
      const known = checked.recall(token)
      if (known) return known
      const expected = { audience: 'session', claims: ['sid'], now: now() }
      const read = await readToken<{ sid: number; exp: number; scopes?: Scope[] }>(token, keys(), expected)
      if (!read) return null
      const { sid, exp, scopes } = read.claims
      const claims = { userId: read.subject, sessionId: sid, ...(scopes && { scopes }) }
      checked.keep(token, claims, exp * 1000)
      return claims
    },
  }
}

const SHORT_MS = 60_000
const MOST = 10_000

/**
 * Caches verified tokens, so that a page with thirty pictures checks one signature. Only valid tokens are cached, so
 * outsiders cannot fill the cache.
 */
function createMemory(now: () => Date) {
  const kept = new Map<string, { claims: Claims; until: number }>()
  return {
    recall(token: string): Claims | undefined {
      const found = kept.get(token)
      return found && found.until > +now() ? found.claims : undefined
    },
    keep(token: string, claims: Claims, endsAt: number) {
      if (kept.size >= MOST) kept.clear()
      kept.set(token, { claims, until: Math.min(endsAt, +now() + SHORT_MS) })
    },
  }
}
