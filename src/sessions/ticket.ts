import { SignJWT } from 'jose'
import type { Tickets } from '../ports/sessions'
import { verify } from '../verify'

/** How long somebody has for finding their phone and typing the code. */
const TICKET_MS = 10 * 60_000

/**
 * Signs and reads the tickets with which a page asks for the code after the password. The alternative is to send the
 * password back in a hidden field, where extensions, caches and the page's history could keep it.
 */
export const createTickets = (keys: () => [Uint8Array, ...Uint8Array[]], now: () => Date): Tickets => ({
  sign: (userId, passwordHash) =>
    new SignJWT({ password: fingerprint(passwordHash) })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('ticket')
      .setSubject(String(userId))
      .setExpirationTime(new Date(+now() + TICKET_MS))
      .sign(keys()[0]),

  async read(ticket) {
    const requiredClaims = ['sub', 'password', 'exp']
    const checks = { algorithms: ['HS256'], audience: 'ticket', requiredClaims, currentDate: now() }
    const claims = await verify<{ password: string }>(ticket, keys(), checks)
    if (!claims) return null
    return { userId: Number(claims.sub), isFor: (passwordHash) => fingerprint(passwordHash) === claims.password }
  },
})

/** Identifies a stored hash without revealing it. The hash contains a random salt, so nothing can be looked up by it. */
const fingerprint = (passwordHash: string) => new Bun.CryptoHasher('sha256').update(passwordHash).digest('base64url')
