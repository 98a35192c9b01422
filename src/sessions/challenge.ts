import { SignJWT } from 'jose'
import type { Challenges } from '../ports/sessions'
import { verify } from '../verify'

/** A sign-in page holds a challenge from the moment at which it is opened, so that browsers can offer passkeys there. */
const CHALLENGE_MS = 3600_000

/** Signs and reads the challenges of passkeys. */
export const createChallenges = (keys: () => [Uint8Array, ...Uint8Array[]], now: () => Date): Challenges => ({
  sign: (use, userId = 0) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(`passkey ${use}`)
      .setSubject(String(userId))
      .setJti(crypto.randomUUID())
      .setExpirationTime(new Date(+now() + CHALLENGE_MS))
      .sign(keys()[0]),

  async read(text, use) {
    const requiredClaims = ['sub', 'jti', 'exp']
    const checks = { algorithms: ['HS256'], audience: `passkey ${use}`, requiredClaims, currentDate: now() }
    const claims = await verify<{ jti: string; exp: number }>(text, keys(), checks)
    return claims && { id: claims.jti, userId: Number(claims.sub), expiresAt: new Date(claims.exp * 1000) }
  },
})
