import { SignJWT } from 'jose'
import type { RefreshTokens } from '../ports/sessions'
import { verify } from '../verify'

/** Signs and reads the refresh tokens of apps. The row of the session decides whether one is still valid. */
export const createRefreshTokens = (keys: () => [Uint8Array, ...Uint8Array[]], now: () => Date): RefreshTokens => ({
  sign: ({ id, generation, expiresAt }) =>
    new SignJWT({ gen: generation })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('refresh')
      .setSubject(String(id))
      .setExpirationTime(expiresAt)
      .sign(keys()[0]),

  async read(token) {
    const requiredClaims = ['sub', 'gen', 'exp']
    const checks = { algorithms: ['HS256'], audience: 'refresh', requiredClaims, currentDate: now() }
    const claims = await verify<{ gen: number }>(token, keys(), checks)
    return claims && { sessionId: Number(claims.sub), generation: claims.gen }
  },
})
