import { jwtVerify, SignJWT } from 'jose'
import type { Session } from './table'

export type Claims = { userId: number; sessionId: number }
export type SessionTokens = ReturnType<typeof createSessionTokens>

/** A token says whose it is without a query; whether its session still is open, the row decides. */
export const createSessionTokens = (key: Uint8Array, now: () => Date) => ({
  sign: ({ id, userId, expiresAt }: Session): Promise<string> =>
    new SignJWT({ sid: id })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('session')
      .setSubject(String(userId))
      .setExpirationTime(expiresAt)
      .sign(key),

  async read(token: string | undefined): Promise<Claims | null> {
    if (!token) return null
    const checks = { algorithms: ['HS256'], audience: 'session', requiredClaims: ['sub', 'sid', 'exp'], currentDate: now() }
    const verified = await jwtVerify<{ sid: number }>(token, key, checks).catch(() => null)
    return verified && { userId: Number(verified.payload.sub), sessionId: verified.payload.sid }
  },
})
