import type { Keys } from '../keys'
import type { Tickets } from '../ports/sessions'
import { readToken, signToken } from '../signed-token'

/** How long somebody has for finding their phone and typing the code. */
const TICKET_MS = 10 * 60_000

/**
 * Signs and reads the tickets with which a page asks for the code after the password. The alternative is to send the
 * password back in a hidden field, where extensions, caches and the page's history could keep it.
 */
export const createTickets = (keys: () => Keys, now: () => Date): Tickets => ({
  sign: (userId, passwordHash) =>
    signToken(keys()[0], {
      audience: 'ticket',
      subject: userId,
      claims: { password: fingerprint(passwordHash) },
      expiresAt: new Date(+now() + TICKET_MS),
    }),

  async read(ticket) {
    const expected = { audience: 'ticket', claims: ['password'], now: now() }
    const read = await readToken<{ password: string }>(ticket, keys(), expected)
    return read && { userId: read.subject, isFor: (hash) => fingerprint(hash) === read.claims.password }
  },
})

/** Identifies a stored hash without revealing it. The hash contains a random salt, so nothing can be looked up by it. */
const fingerprint = (passwordHash: string) => new Bun.CryptoHasher('sha256').update(passwordHash).digest('base64url')
