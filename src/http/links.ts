import { SignJWT } from 'jose'
import type { Keyring } from '../keys'
import { verify } from '../verify'

/** Links that give somebody something once; each kind has its own key, so that none can pass for another or for a session. */
export type LinkPurpose = 'setup' | 'invite' | 'reset' | 'verify'
export type Links = ReturnType<typeof createLinks>

/** The token carries the id of a row, and the row decides whether it still holds. */
export function createLinks(keys: Keyring, now: () => Date) {
  return {
    sign: (purpose: LinkPurpose, id: number, expiresAt: Date): Promise<string> =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(purpose)
        .setSubject(String(id))
        .setExpirationTime(expiresAt)
        .sign(keys(purpose)[0]),

    /** The id, or undefined for what is not ours, of another purpose, or too old. */
    async read(purpose: LinkPurpose, token: string | undefined): Promise<number | undefined> {
      const checks = { algorithms: ['HS256'], audience: purpose, requiredClaims: ['sub', 'exp'], currentDate: now() }
      const claims = await verify(token, keys(purpose), checks)
      return claims ? Number(claims.sub) : undefined
    },
  }
}
