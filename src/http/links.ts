import { SignJWT } from 'jose'
import type { Keyring } from '../keys'
import { verify } from '../verify'

/**
 * The purposes of one-time links. Each purpose has its own key, so a link can never pass for one of another purpose or
 * for a session.
 */
export type LinkPurpose = 'setup' | 'invite' | 'reset' | 'verify' | 'look' | 'device'
export type Links = ReturnType<typeof createLinks>

/** Signs and reads links. A token carries the id of a row, and the row decides whether the link is still valid. */
export function createLinks(keys: Keyring, now: () => Date) {
  return {
    sign: (purpose: LinkPurpose, id: number, expiresAt: Date): Promise<string> =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(purpose)
        .setSubject(String(id))
        .setExpirationTime(expiresAt)
        .sign(keys(purpose)[0]),

    /** Returns the id, or undefined when the token is forged, expired or made for another purpose. */
    async read(purpose: LinkPurpose, token: string | undefined): Promise<number | undefined> {
      const checks = { algorithms: ['HS256'], audience: purpose, requiredClaims: ['sub', 'exp'], currentDate: now() }
      const claims = await verify(token, keys(purpose), checks)
      return claims ? Number(claims.sub) : undefined
    },
  }
}
