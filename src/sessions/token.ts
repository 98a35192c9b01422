import { SignJWT } from 'jose'
import type { Scope } from '../../shapes/tokens'
import type { Claims, SessionTokens } from '../ports/sessions'
import { verify } from '../verify'

/**
 * Signs and reads session tokens. A token identifies its owner without a query; the database row decides whether the
 * session is still open.
 */
export const createSessionTokens = (keys: () => [Uint8Array, ...Uint8Array[]], now: () => Date): SessionTokens => {
  const checked = createMemory(now)
  return {
    sign: ({ id, userId, expiresAt, scopes }) =>
      new SignJWT({ sid: id, ...(scopes && { scopes }) })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('session')
        .setSubject(String(userId))
        .setExpirationTime(expiresAt)
        .sign(keys()[0]),

    /** Returns the claims of a recently verified token. */
    recall: checked.recall,

    async read(token: string | undefined): Promise<Claims | null> {
      if (!token) return null
      const known = checked.recall(token)
      if (known) return known
      const checks = {
        algorithms: ['HS256'],
        audience: 'session',
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: now(),
      }
      const payload = await verify<{ sid: number; scopes?: Scope[] }>(token, keys(), checks)
      if (!payload) return null
      const { sub, sid, scopes } = payload
      const claims = { userId: Number(sub), sessionId: sid, ...(scopes && { scopes }) }
      checked.keep(token, claims, payload.exp! * 1000)
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
