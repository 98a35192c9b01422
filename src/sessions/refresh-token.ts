import type { Keys } from '../keys'
import type { RefreshTokens } from '../ports/sessions'
import { readToken, signToken } from '../signed-token'

/** Signs and reads the refresh tokens of apps. The row of the session decides whether one is still valid. */
export const createRefreshTokens = (keys: () => Keys, now: () => Date): RefreshTokens => ({
  sign: ({ id, generation, expiresAt }) =>
    signToken(keys()[0], { audience: 'refresh', subject: id, claims: { gen: generation }, expiresAt }),

  async read(token) {
    const expected = { audience: 'refresh', claims: ['gen'], now: now() }
    const read = await readToken<{ gen: number }>(token, keys(), expected)
    return read && { sessionId: read.subject, generation: read.claims.gen }
  },
})
